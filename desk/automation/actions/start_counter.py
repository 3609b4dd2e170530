"""Set the clock of a counter going."""

from core.i18n import N_
from desk import clocks
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.fields.counter import PoliciesInForce


class StartCounter(Action):
    key = "start_counter"
    label = N_("Start a counter")
    phrase = N_("start the counter %(value)s")
    held = N_("not done, %(why)s")
    position = 92
    params = (Param("value", N_("Counter"), "one", PoliciesInForce()),)
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        why = clocks.start(doing.case, stored["value"], doing.cause)
        return (("", why),) if why else ()
