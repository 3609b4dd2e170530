"""A line of the list of colleagues, and which of them are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.web import id_given
from desk.catalog import catalog
from desk.dispatcher import Limit, Shift
from desk.routing.limits import limits_of
from desk.routing.shifts import never_opens, shift_of
from desk.routing.staffing import staffing
from models import Absence, Group, Schedule, Staff


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; nothing = everybody."""

    text: str = ""
    group: int | None = None
    line: int | None = None
    skill: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        group, line, skill = (id_given(given.get(name)) for name in ("group", "line", "skill"))
        return cls(given.get("q", "").strip(), group, line, skill)

    def fits(self, row: "Row") -> bool:
        person = row.person
        searched = f"{person.name} {person.title} {person.email or ''}".casefold()
        return (
            self.text.casefold() in searched
            and (self.group is None or self.group in {each.id for each in row.groups})
            and (self.line is None or self.line == person.line)
            and (self.skill is None or self.skill in row.levels)
        )


@dataclass(frozen=True)
class Row:
    """One colleague now."""

    person: Staff
    groups: Sequence[Group]
    levels: Mapping[int, int]
    absence: Absence | None
    shift: Shift
    never_on: bool
    limits: Mapping[str, Limit]
    schedule: Schedule | None

    @property
    def skills(self) -> list[tuple[str, int]]:
        """Names and levels, in the order of skills."""
        rows = staffing().skills.items()
        return [(row.name, self.levels[number]) for number, row in rows if number in self.levels]


def rows(wanted: Wanted) -> tuple[list[Row], list[Row]]:
    """Who works here, and who does not any more; both by names."""
    now = clock.now()
    found = [row_of(one, now) for one in catalog().staff.values()]
    found = [row for row in found if wanted.fits(row)]
    here = [row for row in found if row.person.is_active]
    return here, [row for row in found if not row.person.is_active]


def row_of(person: Staff, now: datetime) -> Row:
    known, staffed = catalog(), staffing()
    return Row(
        person=person,
        groups=[known.groups[each] for each in known.groups_of(person.id)],
        levels=staffed.levels.get(person.id, {}),
        absence=staffed.absence(person.id, now),
        shift=shift_of(person.id, staffed, now),
        never_on=never_opens(person.id, staffed, now),
        limits=limits_of(person),
        schedule=staffed.schedules.get(person.schedule_id or 0),
    )
