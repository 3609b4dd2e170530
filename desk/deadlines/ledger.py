"""One counter's book: spans that count and spans that do not, and the due times that follow."""

from collections.abc import Collection
from datetime import datetime, timedelta
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from desk import clocks
from desk.catalog import catalog
from desk.deadlines import edited, episodes
from desk.deadlines.counted import Marks, Span, worked_by
from desk.deadlines.kinds import Happened
from desk.deadlines.policies import Policy, version
from desk.deadlines.soon import LATE, near_after, stage_of
from desk.deadlines.targets import limit_of
from models import Case, Counter, CounterSpan, CounterState

STARTED = clocks.STARTED
STOPPED = clocks.STOPPED
RESUMED = "resumed"
PAUSED = "paused"
MOVED = "moved"
FITS = "fits"  # it came to fit the conditions later than its kind began
ON = "on"  # its counter was switched on again


def start(case: Case, policy: Policy, reason: str = STARTED) -> Counter:
    """A new episode from zero."""
    limit = minutes_for(case, policy)
    counter = _row(case, policy)
    _close(counter)
    _begin(counter, policy, limit, clock.now())
    _open(counter, counts=True, reason=reason)
    compute(counter, policy)
    failpoint("deadlines.started")
    return counter


def move(counter: Counter, case: Case, policy: Policy) -> Counter:
    """Go on under another policy with what was worked so far, by the hours by which it was; the
    old clock ends unjudged.

    Steps that lie before the limit and would have come already are left out, and so are those that
    came when the clock of this wait was under this policy before.
    """
    limit, state = minutes_for(case, policy), counter.state
    calendar_id = version(counter.policy_version_id).calendar_id
    new = _row(case, policy)
    book = [span for span in counter.spans if span.episode == counter.episode]
    is_back = new.episode > 0 and new.started_at == counter.started_at
    came = next_step_under(new, policy) if is_back else 0
    drop(counter, f"{MOVED}:{policy.id}")
    _begin(new, policy, limit, counter.started_at)
    new.told = counter.told
    new.near_told_of, new.late_told_of = counter.near_told_of, counter.late_told_of
    for span in book:
        new.spans.append(
            CounterSpan(
                episode=new.episode,
                since=span.since,
                until=span.until,
                counts=span.counts,
                reason=span.reason,
                calendar_id=kept_calendar(span, calendar_id, policy),
            )
        )
    if state == CounterState.PAUSED:
        new.state, new.paused_at = state, counter.paused_at
    _go_on(new, f"{MOVED}:{policy.id}:{counter.limit_minutes}:{counter.policy_id}")
    done = worked(new, policy, until=clock.now())
    new.next_step = max(came, policy.passed_before_limit(timedelta(minutes=limit), done))
    compute(new, policy)
    return new


def kept_calendar(span: Span, before: int, policy: Policy) -> int | None:
    """Of a stretch that another policy takes over, counted by the calendar `before` or its own."""
    return span.calendar_id or (before if before != policy.calendar_id else None)


def retarget(counter: Counter, case: Case, policy: Policy, happened: Happened) -> None:
    """Go on with the newest version of the policy and the limit that the case has now.

    Steps are told apart by how far they are from the limit: what came so far does not come again.
    """
    limit, limit_at = minutes_for(case, policy), counter.limit_at
    before = version(counter.policy_version_id)
    is_same = counter.limit_minutes == limit and before.calendar_id == policy.calendar_id
    if not is_same:
        _go_on(counter, edited.counter(counter, happened, policy, limit))
    counter.next_step = next_step_under(counter, policy)
    counter.policy_version_id, counter.limit_minutes = policy.version_id, limit
    compute(counter, policy)
    reason = edited.calendar(counter, policy, limit_at) if is_same else ""
    counter.stale = False
    if reason:
        _go_on(counter, reason)
        compute(counter, policy)


def next_step_under(counter: Counter, policy: Policy) -> int:
    """Under this version: after all that are as far from the limit as the last that came."""
    before = version(counter.policy_version_id)
    if before.version_id == policy.version_id or not counter.next_step:
        return counter.next_step
    last = before.steps[counter.next_step - 1].after - before.limit
    return sum(step.after - policy.limit <= last for step in policy.steps)


def minutes_for(case: Case, policy: Policy) -> int:
    return int(limit_of(case, policy.targets, policy.limit).total_seconds()) // 60


def _row(case: Case, policy: Policy) -> Counter:
    """The counter of this policy on this case, whatever it does; a new one if there was none."""
    for counter in case.counters:
        if counter.policy_id == policy.id:
            return counter
    counter = Counter(policy_id=policy.id, episode=0, failures=0, error="")
    counter.spans, counter.firings = [], []
    case.counters.append(counter)
    return counter


def _begin(counter: Counter, policy: Policy, limit: int, at: datetime) -> None:
    counter.episode += 1
    counter.policy_version_id = policy.version_id
    counter.limit_minutes, counter.started_at = limit, at
    counter.state = CounterState.RUNNING
    counter.paused_at = counter.stopped_at = counter.claimed_until = None
    counter.due_at = counter.limit_at = counter.near_at = None
    counter.stale, counter.next_step, counter.told = False, 0, 0
    counter.near_told_of = counter.late_told_of = None


def follow_status(case: Case, counter: Counter, edit: int = 0) -> None:
    """Stand or run as the status of the case asks now; `edit` = the version of the policy that asks
    for something else than the one before, else 0."""
    if case.status_id in version(counter.policy_version_id).pause_statuses:
        pause(counter, catalog().statuses[case.status_id].key, edit)
    else:
        resume(counter, edit)


def pause(counter: Counter, status: str, edit: int = 0) -> None:
    if counter.state == CounterState.RUNNING:
        _close(counter)
        _open(counter, counts=False, reason=_by(f"{PAUSED}:{status}", edit))
        counter.state, counter.paused_at = CounterState.PAUSED, clock.now()
        compute(counter, version(counter.policy_version_id))


def resume(counter: Counter, edit: int = 0) -> None:
    if counter.state == CounterState.PAUSED:
        _close(counter)
        _open(counter, counts=True, reason=_by(RESUMED, edit))
        counter.state, counter.paused_at = CounterState.RUNNING, None
        compute(counter, version(counter.policy_version_id))


def _by(reason: str, edit: int) -> str:
    return f"{reason}:{edit}" if edit else reason


def stop(
    counter: Counter, case: Case, group: int | None, why: str, *, is_done: bool = True
) -> None:
    """End this run; of kinds that are measured keep how. `group` = where the case lay meanwhile,
    `why` and `is_done` as desk.deadlines.endings says, empty when the next run begins."""
    if counter.state == CounterState.STOPPED:
        return
    policy = version(counter.policy_version_id)
    drop(counter, why)
    done = worked(counter, policy, until=clock.now())
    is_late = done > timedelta(minutes=counter.limit_minutes)
    if policy.its_kind.is_measured and (is_done or is_late):
        episodes.keep(counter, case, group, done)


def stop_as_asked(counter: Counter, case: Case, group: int | None, why: str) -> None:
    """The same of one that a trigger or a step ends. What began in this unit has not run: it is
    dropped."""
    if counter.started_at >= bus.unit().began:
        drop(counter, why)
    else:
        stop(counter, case, group, why)


def drop(counter: Counter, why: str = "") -> None:
    """End this run and judge nothing."""
    _close(counter)
    counter.state, counter.stopped_at = CounterState.STOPPED, clock.now()
    counter.due_at, counter.stale = None, False
    if why:
        _open(counter, counts=False, reason=f"{STOPPED}:{why}")
        _close(counter)


def go_on(counter: Counter, reason: str) -> None:
    """What had ended goes on where it was; the time between does not count."""
    counter.spans[-1].until = None
    counter.state, counter.stopped_at, counter.limit_at = CounterState.RUNNING, None, None
    _go_on(counter, reason)


def compute(counter: Counter, policy: Policy) -> None:
    """Set when it is due, near and over: a pure function of spans, calendar, policy and limit.
    While it stands it is due at no time; a limit that it had passed stays passed."""
    if counter.state == CounterState.STOPPED:
        return
    mine = [span for span in counter.spans if span.episode == counter.episode]
    marks, limit = Marks(policy.hours, mine), timedelta(minutes=counter.limit_minutes)
    if counter.state == CounterState.PAUSED:
        is_late = worked(counter, policy, until=clock.now()) >= limit
        counter.limit_at = marks.reached(limit) if is_late else None
        counter.due_at = counter.near_at = None
        return
    counter.limit_at = marks.reached(limit)
    counter.near_at = marks.reached(near_after(limit))
    stage = stage_of(counter.limit_at, counter.near_at)
    if stage < counter.told == LATE:
        counter.late_told_of = clock.now()
    counter.told = min(counter.told, stage)
    if counter.next_step < len(policy.steps):
        step = policy.steps[counter.next_step]
        counter.due_at = marks.reached(policy.due_after(step, limit))
    else:
        counter.due_at = None


def worked(counter: Counter, policy: Policy, *, until: datetime) -> timedelta:
    """Working time of the episode under way, up to an instant."""
    return worked_by(policy.hours, counter, until=until)


def mark_nearest_of(cases: Collection[int]) -> None:
    """`mark_nearest` of cases by their numbers."""
    if cases:
        query = select(Case).where(Case.id.in_(cases)).options(selectinload(Case.counters))
        mark_nearest(db.session.scalars(query).all())


def mark_nearest(cases: Collection[Case]) -> None:
    """Repeat on each case the deadline that comes first, for lists and their order."""
    for case in cases:
        running = [each for each in case.counters if each.state == CounterState.RUNNING]
        limits = [(each.limit_at, each) for each in running if each.limit_at]
        case.due_at = case.near_at = case.due_policy_id = None
        if limits:
            case.due_at, first = min(limits, key=itemgetter(0))
            case.near_at, case.due_policy_id = first.near_at, first.policy_id


def _open(counter: Counter, *, counts: bool, reason: str) -> None:
    """From where the span before it ended: a gap of microseconds would move the limit each time.
    From now when a clock was put back."""
    ends = [span.until for span in counter.spans if span.episode == counter.episode]
    since = min(ends[-1] or clock.now(), clock.now()) if ends else clock.now()
    counter.spans.append(
        CounterSpan(episode=counter.episode, since=since, until=None, counts=counts, reason=reason)
    )


def _go_on(counter: Counter, reason: str) -> None:
    """A new stretch that runs or stands as the one before it did, and tells of something."""
    _close(counter)
    _open(counter, counts=counter.state == CounterState.RUNNING, reason=reason)


def _close(counter: Counter) -> None:
    for span in counter.spans:
        if span.until is None:
            span.until = max(span.since, clock.now())  # never before it, when a clock was put back
