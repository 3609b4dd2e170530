"""How long it has been in its status."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.facts import hours_between
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Hours


class HoursSinceStatus(Field):
    key = "hours_since_status"
    label = N_("Hours since the status changed")
    section = "time"
    position = 222
    type = Hours()
    reads = ("status_since",)

    def reader(self) -> Callable[[Moment], float | None]:
        return lambda moment: hours_between(moment.facts["status_since"], moment.now)
