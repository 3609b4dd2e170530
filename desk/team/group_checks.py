"""What keeps a group from being as somebody wants it."""

from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from desk.routing.limits import HIGHEST
from desk.team.group_said import LEAVING_NAMES, MODE_NAMES, GroupSaid
from desk.texts import is_seen
from models import Group

MAX_NAME = 120
BOUNDS = {
    "ticket_limit": range(1, HIGHEST + 1),
    "dialog_limit": range(1, HIGHEST + 1),
    "overflow_minutes": range(1, 60 * 24 * 7 + 1),
    "answer_seconds": range(10, 60 * 60 + 1),
}


def check(said: GroupSaid, group: Group | None, *, was: GroupSaid) -> None:
    """Invalid, with the field; `group` None = a new one. Who works here no more may stay as they
    were, and can't be put anew."""
    _names(said, group)
    _choices(said, was)
    for name, bounds in BOUNDS.items():
        value = getattr(said, name)
        if value is not None and value not in bounds:
            text = _("A number from %(low)s to %(high)s.", low=bounds[0], high=bounds[-1])
            raise Invalid(text, name)
    _overflow(said, group)


def _names(said: GroupSaid, group: Group | None) -> None:
    if not is_seen(said.name_ru):
        raise Invalid(_("Give it a name."), "name_ru")
    others = [each for each in catalog().groups.values() if group is None or each.id != group.id]
    for field in ("name_ru", "name_en"):
        name = getattr(said, field)
        if len(name) > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), field)
        if name and name.casefold() in {getattr(each, field).casefold() for each in others}:
            raise Invalid(_("Another group has this name."), field)


def _choices(said: GroupSaid, was: GroupSaid) -> None:
    known = catalog()
    working = {person.id for person in known.staff.values() if person.is_active}
    offered: dict[str, set[int | str | None]] = {
        "line": {number for number in known.lines if number},
        "direction_id": {None, *known.directions},
        "head_id": {None, was.head_id, *working},
        "mode": {*MODE_NAMES},
        "at_shift_end": {*LEAVING_NAMES},
        "at_absence": {*LEAVING_NAMES},
        "overflow_to_id": {None, *known.groups},
    }
    for name, values in offered.items():
        if getattr(said, name) not in values:
            raise Invalid(_("Not a valid choice."), name)
    if not set(said.members) <= working | set(was.members):
        raise Invalid(_("Somebody of them does not work here any more."), "members")


def _overflow(said: GroupSaid, group: Group | None) -> None:
    minutes, to = said.overflow_minutes, said.overflow_to_id
    if minutes is None and to is not None:
        raise Invalid(_("Say after how many minutes."), "overflow_minutes")
    if minutes is not None and to is None:
        raise Invalid(_("Say to which group."), "overflow_to_id")
    if group is not None and to == group.id:
        raise Invalid(_("A group can't overflow into itself."), "overflow_to_id")
