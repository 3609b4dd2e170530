"""Switching on what would touch a great many tickets: the person has to know how many."""

from dataclasses import dataclass
from typing import Any

from core.i18n import ngettext
from desk.automation.conditions import Broken
from desk.automation.moment import CREATED
from desk.automation.replay.matching import matching
from desk.errors import Invalid

MANY = 200
BUDGET_MS = 2_000  # for counting; what takes longer is told as "at least"
ALIKE = 0.8  # of the present count: the number that was shown may be a little old


@dataclass(frozen=True)
class Reach:
    """How many open cases meet the conditions now; `is_exact` False = there may be more."""

    count: int
    of: int
    is_exact: bool = True

    @property
    def is_mass(self) -> bool:
        return self.count > MANY


class MassEffect(Invalid):
    """It would touch this many, and nobody has typed the number yet."""

    def __init__(self, reach: Reach) -> None:
        said = ngettext(
            "It would touch %(num)s open ticket. Type the number to switch it on.",
            "It would touch %(num)s open tickets. Type the number to switch it on.",
            reach.count,
        )
        super().__init__(said, "typed")
        self.reach = reach


def demand(definition: dict[str, Any], typed: str, shown: str = "") -> None:
    """MassEffect unless it touches few, or the number was typed: this one or the one shown."""
    found = reach(definition)
    if found.is_mass and not _is_number(typed, shown, found.count):
        raise MassEffect(found)


def reach(definition: dict[str, Any]) -> Reach:
    """Open cases that meet the conditions. One that only hears of new cases touches none."""
    if set(definition["on"]) <= set(CREATED):
        return Reach(0, 0)
    try:
        found = matching(definition, BUDGET_MS)
    except Broken:
        return Reach(0, 0)
    return Reach(found.cases, found.open, found.is_whole)


def _is_number(typed: str, shown: str, count: int) -> bool:
    """Tickets come and go while one types: the number that was shown will do."""
    wanted = "".join(typed.split())
    if wanted == str(count):
        return True
    return wanted.isdecimal() and wanted == shown and int(wanted) >= count * ALIKE
