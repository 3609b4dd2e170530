"""What keeps a colleague from being as somebody wants them."""

from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from desk.people import MAX_NAME
from desk.routing.limits import HIGHEST
from desk.routing.staffing import staffing
from desk.team.person_said import LANGUAGES, ROLE_NAMES, PersonSaid
from desk.texts import is_seen
from models import LEVELS, Role, Staff

MAX_TITLE = 120
MAX_WEIGHT = 100
BOUNDS = {
    "ticket_limit": range(HIGHEST + 1),
    "dialog_limit": range(HIGHEST + 1),
    "weight": range(MAX_WEIGHT + 1),
}


def check(said: PersonSaid, *, was: PersonSaid) -> None:
    """Invalid, with the field. What is out of use may stay as it was."""
    if not is_seen(said.name):
        raise Invalid(_("Write a name."), "name")
    for name, longest in (("name", MAX_NAME), ("title", MAX_TITLE)):
        if len(getattr(said, name)) > longest:
            raise Invalid(_("At most %(n)s characters.", n=longest), name)
    _choices(said, was)
    for name, bounds in BOUNDS.items():
        value = getattr(said, name)
        if value is not None and value not in bounds:
            text = _("A number from %(low)s to %(high)s.", low=bounds[0], high=bounds[-1])
            raise Invalid(text, name)


def _choices(said: PersonSaid, was: PersonSaid) -> None:
    known, staffed = catalog(), staffing()
    usable = {number for number, skill in staffed.skills.items() if skill.is_active}
    offered: dict[str, tuple[set[object], set[object]]] = {
        "role": ({said.role}, {*ROLE_NAMES}),
        "line": ({said.line}, {number for number in known.lines if number}),
        "groups": ({*said.groups}, {*known.groups}),
        "directions": ({*said.directions}, {*known.directions}),
        "serves": ({*said.serves}, {*known.categories}),
        "languages": ({*said.languages}, {*LANGUAGES, *was.languages}),
        "schedule_id": ({said.schedule_id}, {None, *staffed.schedules}),
        "levels": ({*said.levels}, usable | set(was.levels)),
    }
    for name, (chosen, possible) in offered.items():
        if not chosen <= possible:
            raise Invalid(_("Not a valid choice."), name)
    if not set(said.levels.values()) <= set(LEVELS):
        raise Invalid(_("Not a valid choice."), "levels")


def check_may_leave(person: Staff, *, by: Staff, last: bool) -> None:
    """Invalid when they may not be deactivated; `last` = nobody else is an administrator."""
    if person.id == by.id:
        raise Invalid(_("You can't deactivate yourself. Ask another administrator."))
    if person.is_admin and last:
        raise Invalid(_("This is the last administrator: make somebody else one first."))


def check_role(person: Staff, said: PersonSaid, *, last: bool) -> None:
    """Invalid when nobody would be an administrator any more."""
    if person.is_active and person.is_admin and said.role != Role.ADMIN and last:
        raise Invalid(_("This is the last administrator: make somebody else one first."), "role")
