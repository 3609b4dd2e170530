"""Whose shift ended, who is absent or gone: their open work is kept, handed on, or put back into
the queue, as their groups say. Nothing is lost; the heads hear of it in one sum."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

from sqlalchemy import select

from core import bus, clock
from core.db import db, plain_rows, put_if_absent, table
from desk import history
from desk.catalog import catalog
from desk.history import Cause, because
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasions import OCCASIONS
from desk.routing import asking, lock, shifts
from desk.routing.staffing import staffing
from models import Case, Duty, Leaving, Staff, StatusCategory

_DUTY = table(Duty)


class Why(StrEnum):
    """Why somebody's work is left."""

    SHIFT = "shift"
    ABSENCE = "absence"
    GONE = "gone"


def off_duty(person: Staff) -> Why | None:
    """Why somebody is not at work now; None for who is."""
    now, known = clock.now(), staffing()
    if not person.is_active:
        return Why.GONE
    if known.absence(person.id, now) is not None:
        return Why.ABSENCE
    return None if shifts.shift_of(person.id, known, now).is_on else Why.SHIFT


def look_around() -> tuple[int, bool]:
    """Hand on the work of those who left since the last look. How many left, and whether somebody
    came, for whom there may be work now."""
    with bus.unit_of_work(writes=False):
        left, came, fresh = _turned()
    if not (left or came or fresh):
        return 0, False
    with bus.unit_of_work():
        lock.take()
        left, came, fresh = _turned()  # another process may have been here
        for person in left:
            _leave(person, off_duty(person) or Why.SHIFT)
        _note({one.id: False for one in left} | {one.id: True for one in came} | fresh)
    return len(left), bool(came)


def _turned() -> tuple[list[Staff], list[Staff], dict[int, bool]]:
    """Who left, who came, and who was never looked at: on duty or not. Of those who are gone
    everybody who still has work."""
    known = {row.staff_id: row.was_on for row in plain_rows(select(_DUTY))}
    left, came, fresh = [], [], {}
    for person in catalog().staff.values():
        is_on, was_on = off_duty(person) is None, known.get(person.id)
        if was_on is None:
            fresh[person.id] = is_on
        elif was_on and not is_on:
            left.append(person)
        elif is_on and not was_on:
            came.append(person)
    return left + [one for one in _gone_with_work() if one not in left], came, fresh


def _gone_with_work() -> list[Staff]:
    gone = {one.id: one for one in catalog().staff.values() if not one.is_active}
    if not gone:
        return []
    query = select(Case.assignee_id).where(Case.is_open, Case.assignee_id.in_(gone)).distinct()
    return [gone[number] for number in db.session.scalars(query) if number in gone]


def _note(duty: Mapping[int, bool]) -> None:
    for person, is_on in duty.items():
        put_if_absent(Duty, staff_id=person, last_given=0, given=0)
        db.session.execute(_DUTY.update().where(_DUTY.c.staff_id == person).values(was_on=is_on))


def policy_of(case: Case, why: Why) -> Leaving:
    """What the group of a case says; work of who is gone is never kept."""
    group = catalog().groups.get(case.group_id or 0)
    if why == Why.SHIFT:
        return Leaving(group.at_shift_end) if group else Leaving.KEEP
    said = Leaving(group.at_absence) if group else Leaving.KEEP
    return Leaving.QUEUE if why == Why.GONE and said == Leaving.KEEP else said


def _leave(person: Staff, why: Why) -> None:
    query = (
        select(Case)
        .where(Case.is_open, Case.assignee_id == person.id)
        .order_by(Case.id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )
    became: dict[str, list[Case]] = defaultdict(list)
    for case in db.session.scalars(query).unique():
        became[_hand_on(case, person, why)].append(case)
    if became:
        _tell_heads(person, why, became)


def _hand_on(case: Case, person: Staff, why: Why) -> str:
    policy = policy_of(case, why)
    if policy == Leaving.KEEP or (why == Why.SHIFT and case.category == StatusCategory.PENDING):
        return Leaving.KEEP
    stand_in = _stand_in(person, case) if policy == Leaving.HAND_ON else None
    data = {"left": person.id, "why": str(why)}
    with because(Cause(dispatcher=True)):
        history.change(case, data=data, assignee=stand_in.id if stand_in else None)
    if stand_in is None and policy == Leaving.HAND_ON:
        asking.ask(case)
    return Leaving.HAND_ON if stand_in else Leaving.QUEUE


def _stand_in(person: Staff, case: Case) -> Staff | None:
    """Of the absence under way, where they are at work themselves and may see the case."""
    absence = staffing().absence(person.id, clock.now())
    found = catalog().staff.get(absence.stand_in_id or 0) if absence else None
    if found is None or off_duty(found) is not None:
        return None
    directions = {direction.id for direction in found.directions}
    return found if not directions or case.direction_id in (None, *directions) else None


def _tell_heads(person: Staff, why: Why, became: Mapping[str, Sequence[Case]]) -> None:
    """One sum to the heads of the groups that the work lies in."""
    known = catalog()
    groups = {case.group_id for cases in became.values() for case in cases}
    heads = {known.groups[group].head_id for group in groups if group in known.groups}
    counts = Tally({what: len(cases) for what, cases in became.items()})
    data = {"who": person.name, "off": str(why), "staff": person.id, **counts}
    news = News(
        OCCASIONS["work_left"], f"left{person.id}.{clock.now():%Y%m%d%H%M}", None, None, data
    )
    told = [one for one in known.staff.values() if one.id in heads and one.id != person.id]
    telling.show([(one, news) for one in told])
    for one in told:
        if one.email and telling.wants(one, news, "mail"):
            telling.write(one, news)


def of_work(person: Staff) -> dict[str, int]:
    """{policy: how many cases} of what would become of their open work if they were absent now."""
    cases = db.session.scalars(
        select(Case).where(Case.is_open, Case.assignee_id == person.id)
    ).unique()
    return dict(Tally(policy_of(case, Why.ABSENCE) for case in cases))
