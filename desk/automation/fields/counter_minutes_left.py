"""Minutes of working time until the nearest deadline; below nothing when it has passed."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.calendars import working_minutes
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Minutes


class CounterMinutesLeft(Field):
    key = "counter_minutes_left"
    label = N_("Minutes left until the deadline")
    section = "time"
    position = 246
    type = Minutes()
    reads = ("deadlines",)

    def reader(self) -> Callable[[Moment], float | None]:
        return _minutes_left


def _minutes_left(moment: Moment) -> float | None:
    """None when no counter runs."""
    running = moment.facts["deadlines"]
    if not running:
        return None
    nearest = min(running, key=lambda one: one.limit_at)
    return working_minutes(nearest.calendar, moment.now, nearest.limit_at)
