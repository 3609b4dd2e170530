"""Whether somebody is at work, and when that changes. Pure but for the snapshot it is given."""

from contextlib import suppress
from datetime import datetime

from desk.business_time import NoWorkingTime, next_window
from desk.dispatcher import Shift
from desk.dispatcher.agent import ALWAYS
from desk.routing.staffing import Staffing


def shift_of(staff_id: int, known: Staffing, at: datetime) -> Shift:
    """By the schedule and by single shifts; who has neither is always on."""
    hours, single = known.hours.get(staff_id), known.shifts.get(staff_id, ())
    if hours is None and not single:
        return ALWAYS
    stretches = [(each.starts_at, each.ends_at) for each in single if at < each.ends_at]
    if hours is not None:
        with suppress(NoWorkingTime):
            stretches.append(next_window(hours, at))
    under_way = [end for start, end in stretches if start <= at]
    if under_way:
        return Shift(is_on=True, until=max(under_way))
    return Shift(is_on=False, until=min((start for start, _end in stretches), default=None))


def is_planned(staff_id: int, known: Staffing) -> bool:
    """Whether they work by a schedule or by single shifts."""
    return staff_id in known.hours or staff_id in known.shifts


def never_opens(staff_id: int, known: Staffing, at: datetime) -> bool:
    """Whether no hour of work is to come, though there is a schedule."""
    shift = shift_of(staff_id, known, at)
    return not shift.is_on and shift.until is None
