"""End the run of a counter."""

from core.i18n import N_
from desk import clocks
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.fields.counter import PoliciesInForce


class StopCounter(Action):
    key = "stop_counter"
    label = N_("Stop a counter")
    phrase = N_("stop the counter %(value)s")
    held = N_("not done, %(why)s")
    position = 94
    params = (Param("value", N_("Counter"), "one", PoliciesInForce()),)
    leaves = True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        why = clocks.stop(doing.case, stored["value"])
        return (("", why),) if why else ()
