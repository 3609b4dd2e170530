"""All runs of one clock on a case: what the page of the ticket has room for is the last one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, islice

from sqlalchemy import select

from core.db import db
from desk.deadlines import policies
from desk.deadlines.calendar_edits import hours_at
from desk.deadlines.counted import Plain, total
from desk.deadlines.summary import CounterView, Fired, summary
from models import Case, Counter, CounterEpisode, CounterFiring, CounterSpan, EventRecord

SHOWN_RUNS = 50


def runs(case: Case, policy_id: int) -> list[CounterView]:
    """The newest first, SHOWN_RUNS at most, each with its whole ledger; empty if none ran here."""
    last = next((view for view in summary(case) if view.policy_id == policy_id), None)
    if last is None:
        return []
    fired, limits = _fired(last.id), _limits(last.id)
    query = select(CounterSpan).where(
        CounterSpan.counter_id == last.id, CounterSpan.episode < last.runs
    )
    query = query.order_by(CounterSpan.episode.desc(), CounterSpan.id)
    earlier = groupby(db.session.scalars(query), key=lambda span: span.episode)
    return [last] + [
        _former(last, [*spans], fired[run], limits.get(run, last.limit))
        for run, spans in islice(earlier, SHOWN_RUNS - 1)
    ]


def _former(
    last: CounterView, book: Sequence[CounterSpan], fired: Sequence[Fired], limit: timedelta
) -> CounterView:
    """One that has ended: counted by the hours of then."""
    spans = [Plain(*(getattr(span, name) for name in Plain._fields)) for span in book]
    ended_at = spans[-1].until or spans[-1].since
    policy = policies.version(db.session.get_one(Counter, last.id).policy_version_id)
    hours = hours_at(policy, ended_at)
    return replace(
        last,
        state="stopped",
        started_at=spans[0].since,
        stopped_at=ended_at,
        limit_at=None,
        near_at=None,
        due_at=None,
        limit=limit,
        worked=total(hours, spans, until=ended_at),
        hours=hours,
        spans=spans,
        firings=fired,
        error="",
    )


def _fired(counter_id: int) -> dict[int, list[Fired]]:
    """By run."""
    own = [getattr(CounterFiring, name) for name in Fired._fields[:-1]]
    query = (
        select(CounterFiring.episode, *own, EventRecord.data)
        .outerjoin(EventRecord, EventRecord.id == CounterFiring.event_id)
        .where(CounterFiring.counter_id == counter_id)
        .order_by(CounterFiring.id)
    )
    found: dict[int, list[Fired]] = defaultdict(list)
    for run, *row in db.session.execute(query):
        found[run].append(Fired._make(row))
    return found


def _limits(counter_id: int) -> dict[int, timedelta]:
    """Of the runs that were judged."""
    query = select(CounterEpisode.episode, CounterEpisode.limit_minutes)
    rows = db.session.execute(query.where(CounterEpisode.counter_id == counter_id))
    return {run: timedelta(minutes=minutes) for run, minutes in rows}
