"""What is said of a type of tickets where it is edited, and what keeps it from being so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from desk.routing.staffing import staffing
from desk.texts import is_seen
from models import LEVELS, TicketType

MAX_NAME = 120
SLOTS = range(1, 21)


@dataclass(frozen=True)
class TypeSaid:
    """`slots` = how many places under a limit a ticket of it takes; `needs` = {skill: level}."""

    name_ru: str = ""
    name_en: str = ""
    slots: int = 1
    is_active: bool = True
    needs: Mapping[int, int] = field(default_factory=dict)


def check(said: TypeSaid, row: TicketType | None, *, was: TypeSaid) -> None:
    """Invalid, with the field; `row` None = a new one. A skill that is no longer used may stay."""
    if not is_seen(said.name_ru):
        raise Invalid(_("Give it a name."), "name_ru")
    others = [each for each in catalog().types.values() if row is None or each.id != row.id]
    for name in ("name_ru", "name_en"):
        text = getattr(said, name)
        if len(text) > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), name)
        if text and text.casefold() in {getattr(each, name).casefold() for each in others}:
            raise Invalid(_("Another type has this name."), name)
    if said.slots not in SLOTS:
        text = _("A number from %(low)s to %(high)s.", low=SLOTS[0], high=SLOTS[-1])
        raise Invalid(text, "slots")
    skills = staffing().skills
    usable = {number for number, skill in skills.items() if skill.is_active} | set(was.needs)
    if not set(said.needs) <= usable or not set(said.needs.values()) <= set(LEVELS):
        raise Invalid(_("Not a valid choice."), "needs")
