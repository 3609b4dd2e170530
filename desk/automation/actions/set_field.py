"""Fill in one of the company's own fields."""

from typing import Any

from core.i18n import N_, _
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.fields import PREFIX
from desk.automation.pieces import Sentence, filled
from desk.automation.types import OwnFields, YesNo


class SetField(Action):
    key = "set_field"
    label = N_("Set an own field")
    phrase = N_("field %(field)s: %(value)s")
    position = 75
    params = (Param("value", N_("Field"), "own_field", OwnFields()),)

    def writes_of(self, stored: Stored) -> tuple[str, ...]:
        return (PREFIX + stored["value"]["field"],)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {self.writes_of(stored)[0]: _kept(stored["value"])}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.set_field(doing.case, stored["value"]["field"], _kept(stored["value"]))
        return ()

    def sentence(self, stored: Stored) -> Sentence:
        (param,) = self.params
        return filled(_(self.phrase), **param.form.told(stored.get("value"), param.type))


def _kept(asked: dict[str, Any]) -> Any:
    """As a ticket keeps it: what is answered with yes or no is true or false."""
    is_yes_no = isinstance(OwnFields().type_of(asked["field"]), YesNo)
    return asked["value"] == "yes" if is_yes_no else asked["value"]
