"""Tickets that will soon be late or are: told once each time a clock comes there.

How far colleagues were told stands in the counter's row, and is written with the notices in one
transaction: any number of processes, a kill at any moment, and nobody hears it twice or never.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from desk import access
from desk.automation import brakes
from desk.automation.actions.send_mail import SendMail
from desk.automation.recipients import recipients
from desk.catalog import catalog
from desk.deadlines import policies
from desk.deadlines.soon import LATE, NOT_NEAR, stage_of
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasion import MAIL, assignee_of
from desk.notices.occasions import OCCASIONS
from models import Case, Counter, CounterFiring, CounterState, Staff

log = logging.getLogger("liniya.notices")

BATCH = 100


def tell_of_limits(limit: int = BATCH) -> int:
    """Tell of up to `limit` clocks; how many were looked at. Safe in any number of processes."""
    with bus.unit_of_work(writes=False):
        if db.session.scalar(select(Counter.id).where(_untold()).limit(1)) is None:
            return 0
    with bus.unit_of_work():
        found = _taken(limit)
        for person, news, mail in sorted(_planned(found), key=lambda each: each[0].email or ""):
            _tell(person, news, mail)  # in the order of addresses: no deadlock
        for counter in found:
            _mark(counter)
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
    now, running = clock.now(), Counter.state == CounterState.RUNNING
    near = and_(Counter.told == NOT_NEAR, running, Counter.near_at <= now)
    past = and_(Counter.told < LATE, running, Counter.limit_at <= now)
    return or_(near, past)


def _planned(found: Sequence[Counter]) -> Iterator[tuple[Staff, News, News | None]]:
    """Who hears what in the app, and what of it by mail: several clocks of one ticket that come as
    far at once are one piece of news; what a step writes about is not said by mail again."""
    together: dict[tuple[int, int], list[Counter]] = defaultdict(list)
    for counter in found:
        if _is_news(counter):
            together[counter.case_id, _stage(counter)].append(counter)
    for (number, stage), counters in together.items():
        case = db.session.get_one(Case, number)
        person = _whom(case)
        if person is not None and access.may(person, "case.read", case):
            untold = [one for one in counters if stage != LATE or not _writes(one, case, person)]
            mail = _news(case, stage, untold) if untold else None
            yield person, _news(case, stage, counters), mail


def _is_news(counter: Counter) -> bool:
    """A limit that moved and came back, as after a calendar edit that was undone, is not; nor is
    one that had passed when they knew already that the ticket is late."""
    if not policies.version(counter.policy_version_id).its_kind.is_measured:
        return False
    if _stage(counter) == LATE:
        return counter.late_told_of is None or counter.late_told_of < _limit_at(counter)
    return counter.near_told_of != counter.limit_at


def _writes(counter: Counter, case: Case, person: Staff) -> bool:
    """Whether a step of the counter writes to this person at this very limit: one mail is enough.
    One that came at an earlier limit does not come again."""
    policy = policies.version(counter.policy_version_id)
    mails = [
        action
        for step in policy.steps
        for action in step.actions
        if step.after == policy.limit and action["do"] == SendMail.key
    ]
    told = (recipients(one["to"], one.get("address", ""), case) for one in mails)
    if person.email not in {each.address for its in told for each in its}:
        return False
    return counter.due_at == counter.limit_at or _fired_at_limit(counter)


def _fired_at_limit(counter: Counter) -> bool:
    query = select(CounterFiring.id).where(
        CounterFiring.counter_id == counter.id,
        CounterFiring.episode == counter.episode,
        CounterFiring.due_at == counter.limit_at,
    )
    return db.session.scalar(query.limit(1)) is not None


def _news(case: Case, stage: int, counters: Sequence[Counter]) -> News:
    first, *others = [
        {
            "names": dict(policies.version(each.policy_version_id).names),
            "limit": _limit_at(each).isoformat(),
            "clock": each.id,
        }
        for each in counters
    ]
    key = f"c{counters[0].id}.{counters[0].episode}.{stage}.{clock.now():%Y%m%d%H%M%S}"
    occasion = OCCASIONS["late" if stage == LATE else "soon_late"]
    return News(occasion, key, case, data={**first, "others": others})


def _mark(counter: Counter) -> None:
    counter.told = _stage(counter)
    if counter.told == LATE:
        counter.late_told_of = clock.now()
    else:
        counter.near_told_of = counter.limit_at


def _stage(counter: Counter) -> int:
    return stage_of(_limit_at(counter), counter.near_at)


def _limit_at(counter: Counter) -> datetime:
    assert counter.limit_at is not None  # noqa: S101 - asked for by `_untold`
    return counter.limit_at


def _tell(person: Staff, news: News, mail: News | None) -> None:
    """One that can't be told must not silence the others. By mail within the brakes of counters."""
    with _named(news):
        telling.show([(person, news)])
    if mail is None or not person.email or not telling.wants(person, mail, MAIL):
        return
    with _named(mail):
        if _may_write(person, mail):
            telling.write(person, mail, template=brakes.NOTICE)


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
