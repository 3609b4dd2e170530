"""What an edit of a counter or of its calendar changed in a clock, as the next span keeps it."""

from datetime import datetime
from operator import attrgetter

from core import clock
from desk.business_time import NoWorkingTime
from desk.deadlines import calendar_edits, limit_edits
from desk.deadlines.counted import MINUTE, Hours, Marks, Plain, given
from desk.deadlines.kinds import Happened
from desk.deadlines.policies import Policy, version
from models import Counter, CounterSpan, CounterState, EventRecord


def counter(row: Counter, happened: Happened, policy: Policy, limit: int) -> str:
    """Of another limit, or another calendar under the same one."""
    was, before = row.limit_minutes, version(row.policy_version_id)
    if before.version_id == policy.version_id:
        return limit_edits.of_case(happened, policy, limit, was)
    minutes = given(row, before.hours, policy.hours, until=clock.now())
    return limit_edits.of_version(policy, limit, was, minutes)


def calendar(row: Counter, policy: Policy, was_at: datetime | None) -> str:
    """Of other hours under a limit whose amount is the same; empty when they change nothing of
    it. `was_at` = when the limit was before, if the clock ran."""
    if was_at and row.limit_at and row.limit_at != was_at:
        return _moved(row, policy, (was_at, row.limit_at))
    edit = _untold(row, policy) if row.stale else None
    was = calendar_edits.hours_before(edit, policy) if edit else None
    if edit is None or was is None:
        return ""
    minutes = given(row, was, policy.hours, until=edit.at)
    if row.state == CounterState.PAUSED:
        ends = {_limit_by(each, row, edit.at) for each in (was, policy.hours)}
        return calendar_edits.of_pause(edit, minutes) if minutes or len(ends) > 1 else ""
    return calendar_edits.of_limit(edit, (was_at, was_at), minutes) if minutes and was_at else ""


def _moved(row: Counter, policy: Policy, limits: tuple[datetime, datetime]) -> str:
    """The edit is none when the limit moved without one, as when a country moves a holiday and the
    program learns of it. Nothing is told of minutes when it is not known by which hours the limit
    before it was computed."""
    since, edit = row.spans[-1].since, _last_edit(row, policy)
    was = calendar_edits.hours_before(edit, policy) if edit else None
    minutes = 0
    if edit and was and _limit_by(was, row, since) == limits[0]:
        minutes = given(row, was, policy.hours, until=edit.at)
    return calendar_edits.of_limit(edit if edit and edit.at >= since else None, limits, minutes)


def _untold(row: Counter, policy: Policy) -> EventRecord | None:
    """The last edit, if this run has seen it and does not tell of it yet."""
    edit = _last_edit(row, policy)
    if edit is None or edit.at < row.started_at:
        return None
    told = any(calendar_edits.is_of(span.reason, edit) for span in _book(row))
    return None if told else edit


def _last_edit(row: Counter, policy: Policy) -> EventRecord | None:
    """Of the calendars by which something of this run counts."""
    calendars = {policy.calendar_id, *(span.calendar_id for span in _book(row))}
    edits = (calendar_edits.last_edit(each) for each in calendars if each)
    return max(filter(None, edits), key=attrgetter("id"), default=None)


def _book(row: Counter) -> list[CounterSpan]:
    return [span for span in row.spans if span.episode == row.episode]


def _limit_by(hours: Hours, row: Counter, since: datetime) -> datetime | None:
    """When the limit comes of a clock that runs on from `since`."""
    try:
        return Marks(hours, [*_book(row), Plain(since, None, True, "")]).reached(
            row.limit_minutes * MINUTE
        )
    except NoWorkingTime:
        return None
