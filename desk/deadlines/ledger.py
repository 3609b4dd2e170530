"""One counter's book: spans that count and spans that do not, and the due times that follow."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.failpoints import failpoint
from desk.business_time import add_working_time, working_time_between
from desk.deadlines.policies import Policy, version
from models import Case, Counter, CounterSpan, CounterState

STARTED = "started"
RESUMED = "resumed"
PAUSED = "paused"


def start(case: Case, policy: Policy) -> Counter:
    """Begin, or begin anew: a new episode from zero."""
    counter = db.session.scalars(
        select(Counter).where(Counter.case_id == case.id, Counter.policy_id == policy.id)
    ).one_or_none()
    if counter is None:
        counter = Counter(case_id=case.id, policy_id=policy.id, episode=0, failures=0, error="")
        counter.spans, counter.firings = [], []
        db.session.add(counter)
    else:
        _close(counter)
    counter.episode += 1
    counter.policy_version_id = policy.version_id
    counter.state = CounterState.RUNNING
    counter.started_at = clock.now()
    counter.paused_at = counter.stopped_at = counter.claimed_until = None
    counter.next_step = 0
    _open(counter, counts=True, reason=STARTED)
    compute(counter, policy)
    failpoint("deadlines.started")
    return counter


def pause(counter: Counter, reason: str) -> None:
    if counter.state == CounterState.RUNNING:
        _close(counter)
        _open(counter, counts=False, reason=f"{PAUSED}:{reason}")
        counter.state, counter.paused_at = CounterState.PAUSED, clock.now()
        counter.due_at = counter.limit_at = None


def resume(counter: Counter) -> None:
    if counter.state == CounterState.PAUSED:
        _close(counter)
        _open(counter, counts=True, reason=RESUMED)
        counter.state, counter.paused_at = CounterState.RUNNING, None
        compute(counter, version(counter.policy_version_id))


def stop(counter: Counter) -> None:
    if counter.state != CounterState.STOPPED:
        _close(counter)
        counter.state, counter.stopped_at = CounterState.STOPPED, clock.now()
        counter.due_at = None


def compute(counter: Counter, policy: Policy) -> None:
    """Set `due_at` and `limit_at` from the book; a pure function of spans, calendar and policy."""
    if counter.state != CounterState.RUNNING:
        return
    since = counter.spans[-1].since
    before = worked(counter, policy, until=since)
    counter.limit_at = add_working_time(policy.calendar, since, policy.limit - before)
    if counter.next_step < len(policy.steps):
        left = policy.steps[counter.next_step].after - before
        counter.due_at = add_working_time(policy.calendar, since, left)
    else:
        counter.due_at = None


def worked(counter: Counter, policy: Policy, *, until: datetime) -> timedelta:
    """Working time of the episode under way, up to an instant."""
    total = timedelta()
    for span in counter.spans:
        if span.counts and span.episode == counter.episode and span.since < until:
            end = min(span.until or until, until)
            total += working_time_between(policy.calendar, span.since, end)
    return total


def mark_nearest(case: Case) -> None:
    """Repeat on the case the deadline that comes first, for lists and their order."""
    db.session.flush()
    case.due_at = db.session.scalar(
        select(func.min(Counter.limit_at)).where(
            Counter.case_id == case.id, Counter.state == CounterState.RUNNING
        )
    )


def _open(counter: Counter, *, counts: bool, reason: str) -> None:
    span = CounterSpan(
        episode=counter.episode, since=clock.now(), until=None, counts=counts, reason=reason
    )
    counter.spans.append(span)


def _close(counter: Counter) -> None:
    for span in counter.spans:
        if span.until is None:
            span.until = clock.now()
