"""Let the dispatcher give a case of a group to somebody, or to somebody else."""

from core.i18n import N_
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.types import Words
from desk.routing import asking

FREE, AGAIN = "free", "again"
WHOM = {
    FREE: N_("if nobody has it"),
    AGAIN: N_("also to somebody else than who has it"),
}


class RunDispatcher(Action):
    key = "run_dispatcher"
    label = N_("Run the dispatcher")
    phrase = N_("let the dispatcher choose who gets it, %(value)s")
    held = N_("not done, %(why)s")
    position = 35
    params = (Param("value", N_("When"), "one", Words("whom", WHOM)),)
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        ask = asking.ask_again if stored["value"] == AGAIN else asking.ask
        why = ask(doing.case)
        return (("", why),) if why else ()
