"""Counters of a case as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import clock
from core.db import db
from core.i18n import locale
from desk.deadlines import ledger, policies
from models import Case, Counter, CounterFiring, CounterSpan, CounterState

SOON = timedelta(minutes=15)


@dataclass(frozen=True)
class CounterView:
    """`state` = ok | soon | late | paused | stopped; times aware UTC; `worked` = working time."""

    id: int
    name: str
    kind: str
    state: str
    started_at: datetime
    limit_at: datetime | None
    due_at: datetime | None
    limit: timedelta
    worked: timedelta
    spans: Sequence[CounterSpan]
    firings: Sequence[CounterFiring]
    error: str


def summary(case: Case) -> list[CounterView]:
    """All counters of a case, the most urgent first; two statements more for spans and firings."""
    query = (
        select(Counter)
        .options(selectinload(Counter.spans), selectinload(Counter.firings))
        .where(Counter.case_id == case.id)
        .order_by(Counter.limit_at.is_(None), Counter.limit_at, Counter.id)
    )
    return [_view(counter) for counter in db.session.scalars(query)]


def _view(counter: Counter) -> CounterView:
    policy = policies.version(counter.policy_version_id)
    until = counter.stopped_at or clock.now()
    return CounterView(
        id=counter.id,
        name=policy.name(locale()),
        kind=policy.kind,
        state=state_of(counter.state, counter.limit_at),
        started_at=counter.started_at,
        limit_at=counter.limit_at,
        due_at=counter.due_at,
        limit=policy.limit,
        worked=ledger.worked(counter, policy, until=until),
        spans=[span for span in counter.spans if span.episode == counter.episode],
        firings=counter.firings,
        error=counter.error,
    )


def state_of(state: str, limit_at: datetime | None) -> str:
    """The word for a badge."""
    if state == CounterState.PAUSED:
        return "paused"
    if state == CounterState.STOPPED or limit_at is None:
        return "stopped"
    left = limit_at - clock.now()
    if left <= timedelta():
        return "late"
    return "soon" if left <= SOON else "ok"
