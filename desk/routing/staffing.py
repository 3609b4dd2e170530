"""What administrators say about people, in memory: skills, hours, absences, limits, needs of types.

Names, groups and directions are the catalog's. What changes all day long is read anew each time.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import clock
from core.db import db
from desk import revision
from desk.business_time import Rotation, WorkCalendar
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.routing.hours import rotation_of
from models import Absence, Schedule, Shift, Skill, StaffCategory, StaffSkill, TypeNeed

REVISION = "staffing"
Hours = WorkCalendar | Rotation


@dataclass(frozen=True, eq=False)
class Staffing:
    """By staff id, unless said otherwise. `absences` and `shifts` that were over when it was read
    are left out; both in the order of time. `hours` has who works by a schedule; the others are
    at work whenever they say so. `needs` = {type: {skill: level}}."""

    skills: Mapping[int, Skill]
    schedules: Mapping[int, Schedule]
    levels: Mapping[int, Mapping[int, int]]
    serves: Mapping[int, frozenset[int]]
    absences: Mapping[int, tuple[Absence, ...]]
    shifts: Mapping[int, tuple[Shift, ...]]
    needs: Mapping[int, Mapping[int, int]]

    @property
    def hours(self) -> Mapping[int, Hours]:
        """Of who works by a schedule; the others are at work whenever they say so."""
        found: Mapping[int, Hours] = catalog().once((REVISION, self), lambda: _hours(self))
        return found

    def absence(self, staff_id: int, at: datetime) -> Absence | None:
        """The one under way at that instant."""
        for one in self.absences.get(staff_id, ()):
            if one.starts_at <= at and (one.ends_at is None or at < one.ends_at):
                return one
        return None


def staffing() -> Staffing:
    """Of the revision in force."""
    return revision.kept(REVISION, _load)


def changed() -> None:
    """To be called by whoever changes one of these rows."""
    db.session.flush()
    revision.bump(REVISION)


def _load() -> Staffing:
    now = clock.now()
    with Session(bind=db.session.connection()) as session:
        by_name = select(Skill).order_by(Skill.position, Skill.id)
        in_order = select(Schedule).order_by(Schedule.position, Schedule.id)
        skills = {row.id: row for row in session.scalars(by_name)}
        schedules = {row.id: row for row in session.scalars(in_order)}
        absent = select(Absence).where(or_(Absence.ends_at.is_(None), Absence.ends_at > now))
        absences: dict[int, list[Absence]] = defaultdict(list)
        shifts: dict[int, list[Shift]] = defaultdict(list)
        levels: dict[int, dict[int, int]] = defaultdict(dict)
        needs: dict[int, dict[int, int]] = defaultdict(dict)
        serves: dict[int, set[int]] = defaultdict(set)
        for absence in session.scalars(absent.order_by(Absence.starts_at, Absence.id)):
            absences[absence.staff_id].append(absence)
        coming = select(Shift).where(Shift.ends_at > now).order_by(Shift.starts_at, Shift.id)
        for shift in session.scalars(coming):
            shifts[shift.staff_id].append(shift)
        for skill in session.scalars(select(StaffSkill)):
            levels[skill.staff_id][skill.skill_id] = skill.level
        for need in session.scalars(select(TypeNeed)):
            needs[need.type_id][need.skill_id] = need.level
        for one in session.scalars(select(StaffCategory)):
            serves[one.staff_id].add(one.category_id)
        session.expunge_all()
    return Staffing(
        skills,
        schedules,
        levels,
        {person: frozenset(ids) for person, ids in serves.items()},
        {person: tuple(rows) for person, rows in absences.items()},
        {person: tuple(rows) for person, rows in shifts.items()},
        needs,
    )


def _hours(snapshot: Staffing) -> dict[int, Hours]:
    known = catalog()
    found: dict[int, Hours] = {}
    for person in known.staff.values():
        schedule = snapshot.schedules.get(person.schedule_id or 0)
        if schedule is not None:
            by = schedule.calendar_id
            found[person.id] = work_calendar(known.calendars[by]) if by else rotation_of(schedule)
    return found
