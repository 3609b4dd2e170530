"""Where a case may be passed, for people to choose from, with who works there now."""

from typing import NamedTuple

from core import clock
from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from desk.passing.place import following, groups_on, people_of, works_on
from desk.routing.staffing import staffing
from models import Case, Group, Presence, Staff

HERE = (Presence.AVAILABLE, Presence.ASSIGNED_ONLY)
NAMED = 4


class Target(NamedTuple):
    """`value` = what the form sends: line, line:group, or :group for another department."""

    value: str
    line: int
    group: Group | None
    here: list[str]
    others: int  # who belong there and are not here, or are not named


class Targets(NamedTuple):
    up: list[Target]
    down: list[Target]
    aside: list[Target]

    @property
    def usual(self) -> str:
        """The next line up where anybody works; empty where there is none."""
        return next((each.value for each in self.up if each.here or each.others), "")


def targets(case: Case) -> Targets:
    """Each line and group once. Lines are in the order in which one comes to them."""
    lines = [each for each in catalog().lines if each]
    up = [one for line in lines if line > case.line for one in _of_line(case, line)]
    down = [one for line in reversed(lines) if line < case.line for one in _of_line(case, line)]
    return Targets(up, down, [_aside(case, each) for each in _beside(case)])


def chosen(value: str) -> tuple[int | None, Group | None]:
    """The line and the group of what the form sent. Invalid for what it never offers."""
    first, _colon, second = value.partition(":")
    line, group = _number(first), _number(second)
    if group is not None and group not in catalog().groups:
        raise Invalid(_("There is no such group."), "line")
    return line, catalog().groups.get(group or 0)


def label(value: str) -> str:
    """In words, for who is asked whether it still is to go there."""
    line, group = chosen(value)
    names = [catalog().name_of("line", line) if line else "", group.name if group else ""]
    return ", ".join(filter(None, names))


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Invalid(_("Choose one from the list."), "line")
    return int(text)


def _of_line(case: Case, line: int) -> list[Target]:
    """The line alone, where it is clear which group follows; its other groups one by one."""
    groups, follows = groups_on(case, line), catalog().groups.get(following(case, line) or 0)
    clear = follows if follows is not None and works_on(follows, line) else None
    alone = [_target(str(line), line, clear)] if clear or not groups else []
    others = [each for each in groups if clear is None or each.id != clear.id]
    return alone + [_target(f"{line}:{each.id}", line, each) for each in others]


def _aside(case: Case, group: Group) -> Target:
    return _target(f":{group.id}", case.line if works_on(group, case.line) else group.line, group)


def _beside(case: Case) -> list[Group]:
    """Other groups of this line, and those of other directions."""
    ours = (None, case.direction_id)
    others = [each for each in catalog().groups.values() if each.id != case.group_id]
    return [one for one in others if one.line == case.line or one.direction_id not in ours]


def _target(value: str, line: int, group: Group | None) -> Target:
    people = _people(line, group)
    here = [each.name for each in people if _is_here(each)][:NAMED]
    return Target(value, line, group, here, len(people) - len(here))


def _people(line: int, group: Group | None) -> list[Staff]:
    """Of a group those of the line, where it has any."""
    if group is None:
        everybody = catalog().staff.values()
        return [each for each in everybody if each.is_active and each.line == line]
    people = people_of(group.id)
    return [each for each in people if each.line == line] or people


def _is_here(person: Staff) -> bool:
    return person.presence in HERE and staffing().absence(person.id, clock.now()) is None
