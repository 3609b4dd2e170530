"""How old it is, by the clock on the wall."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.facts import hours_between
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Hours


class HoursSinceCreated(Field):
    key = "hours_since_created"
    label = N_("Hours since creation")
    section = "time"
    position = 200
    type = Hours()
    reads = ("created_at",)

    def reader(self) -> Callable[[Moment], float | None]:
        return lambda moment: hours_between(moment.facts["created_at"], moment.now)
