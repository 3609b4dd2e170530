"""The present instant, for asking whether a calendar has working hours now."""

from collections.abc import Callable
from datetime import datetime

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import WorkingTime


class WorkingTimeField(Field):
    key = "now"
    label = N_("Time of the event")
    section = "time"
    position = 230
    type = WorkingTime()

    def reader(self) -> Callable[[Moment], datetime]:
        return lambda moment: moment.now
