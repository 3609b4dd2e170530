"""Where work goes that is passed on: a line, and the group that has its people."""

from typing import NamedTuple

from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from models import Case, Group, Staff


class Place(NamedTuple):
    """`group` = its id."""

    line: int
    group: int | None


def place(case: Case, line: int | None, group: Group | None) -> Place:
    """Invalid for what is not there, and for where the case lies already.

    Of a line alone: the group follows. Of a group alone: the line stays, where the group has
    people of it.
    """
    if line is None and group is None:
        raise Invalid(_("Choose where to pass it."), "line")
    if line is not None and (line not in catalog().lines or line == 0):
        raise Invalid(_("There is no such line."), "line")
    if group is not None and group.id not in catalog().groups:
        raise Invalid(_("There is no such group."), "line")
    if group is None:
        assert line is not None  # noqa: S101 - one of them is given
        found = Place(line, following(case, line))
    elif line is None:
        found = Place(case.line if works_on(group, case.line) else group.line, group.id)
    else:
        found = Place(line, group.id)
    return _elsewhere(case, found, by_line=group is None)


def _elsewhere(case: Case, found: Place, *, by_line: bool) -> Place:
    if by_line and found.line == case.line:
        raise Invalid(_("The ticket is on this line already."), "line")
    if found == Place(case.line, case.group_id):
        raise Invalid(_("The ticket is in this group already."), "line")
    return found


def following(case: Case, line: int) -> int | None:
    """The group for a line: the only one there when its own has nobody of it; else its own."""
    own, there = catalog().groups.get(case.group_id or 0), groups_on(case, line)
    if own is not None and works_on(own, line):
        return own.id
    return there[0].id if len(there) == 1 else case.group_id


def groups_on(case: Case, line: int) -> list[Group]:
    """Groups of a line that are of the case's direction, or of none."""
    directions = (None, case.direction_id)
    groups = catalog().groups.values()
    return [each for each in groups if each.line == line and each.direction_id in directions]


def works_on(group: Group, line: int) -> bool:
    """A group may have people of several lines."""
    return group.line == line or any(person.line == line for person in people_of(group.id))


def people_of(group_id: int) -> list[Staff]:
    """Those of a group who work here."""
    known = catalog()
    people = (known.staff.get(each) for each in known.members.get(group_id, ()))
    return [person for person in people if person is not None and person.is_active]


def fits(person: Staff, there: Place) -> bool:
    """Whether who has it works there too, so that it stays with them."""
    in_group = there.group is None or person.id in catalog().members.get(there.group, ())
    return in_group and person.line == there.line
