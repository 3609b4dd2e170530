"""Tickets that will soon be late or are: told once each time a clock comes there.

How far colleagues were told stands in the counter's row, and is written with the notices in one
transaction: any number of processes, a kill at any moment, and nobody hears it twice or never.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ColumnElement, and_, or_, select

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from desk import access
from desk.automation import brakes
from desk.catalog import catalog
from desk.deadlines import policies
from desk.deadlines.soon import LATE, NOT_NEAR, SOON, is_near_from_the_start, stage_of
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasion import MAIL, assignee_of
from desk.notices.occasions import OCCASIONS
from models import Case, Counter, CounterState, Staff

log = logging.getLogger("liniya.notices")

BATCH = 100


def tell_of_limits(limit: int = BATCH) -> int:
    """Tell of up to `limit` clocks; how many were looked at. Safe in any number of processes."""
    with bus.unit_of_work(writes=False):
        if db.session.scalar(select(Counter.id).where(_untold()).limit(1)) is None:
            return 0
    with bus.unit_of_work():
        found = _taken(limit)
        news = [each for counter in found if (each := _planned(counter)) is not None]
        for person, its in sorted(news, key=lambda each: each[0].email or ""):  # no deadlock
            _tell(person, its)
        for counter in found:
            assert counter.limit_at is not None  # noqa: S101 - asked for above
            counter.told = stage_of(counter.limit_at)
        failpoint("notices.limits")
    return len(found)


def _taken(limit: int) -> Sequence[Counter]:
    """The cases first, as all others lock them; what is held is left to a later turn."""
    some = select(Counter.case_id).where(_untold()).order_by(Counter.limit_at).limit(limit)
    cases = select(Case.id).where(Case.id.in_(some)).order_by(Case.id)
    held = db.session.scalars(cases.with_for_update(skip_locked=True)).all()
    query = select(Counter).where(_untold(), Counter.case_id.in_(held)).order_by(Counter.limit_at)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()


def _untold() -> ColumnElement[bool]:
    """Of running clocks by index: near and not told so, or past and not told that."""
    now = clock.now()
    near = and_(Counter.told == NOT_NEAR, Counter.limit_at <= now + SOON)
    past = and_(Counter.told < LATE, Counter.limit_at <= now)
    return and_(Counter.told < LATE, Counter.state == CounterState.RUNNING, or_(near, past))


def _planned(counter: Counter) -> tuple[Staff, News] | None:
    """Who hears what of it; None for what is nobody's or no news."""
    policy = policies.version(counter.policy_version_id)
    assert counter.limit_at is not None  # noqa: S101 - asked for above
    stage = stage_of(counter.limit_at)
    if not policy.its_kind.is_measured or (stage < LATE and is_near_from_the_start(counter)):
        return None
    case = db.session.get_one(Case, counter.case_id)
    person = _whom(case)
    if person is None or not access.may(person, "case.read", case):
        return None
    data = {"names": dict(policy.names), "limit": counter.limit_at.isoformat()}
    key = f"c{counter.id}.{counter.episode}.{stage}.{clock.now():%Y%m%d%H%M%S}"
    occasion = OCCASIONS["late" if stage == LATE else "soon_late"]
    return person, News(occasion, key, case, data=data)


def _tell(person: Staff, news: News) -> None:
    """One that can't be told must not silence the others. By mail within the brakes of counters."""
    with _named(news):
        telling.show([(person, news)])
    with _named(news):
        if person.email and telling.wants(person, news, MAIL) and _may_write(person, news):
            telling.write(person, news, template=brakes.NOTICE)


@contextmanager
def _named(news: News) -> Iterator[None]:
    """What fails inside is undone and logged, and the rest goes on."""
    try:
        with bus.savepoint():
            yield
    except Exception:  # whatever it was: a letter that can't be drawn, a row that can't be written
        log.exception("somebody was not told of %s", news.key)


def _may_write(person: Staff, news: News) -> bool:
    """What goes into a digest is one mail anyway."""
    return telling.waits(person, news) or brakes.may_send(person.email or "", news.case)


def _whom(case: Case) -> Staff | None:
    """The assignee, else the head of the group."""
    group = catalog().groups.get(case.group_id or 0)
    head = catalog().staff.get(group.head_id or 0) if group else None
    return assignee_of(case) or head
