"""How long it has been with who works on it now."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.facts import hours_between
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Hours


class HoursSinceAssignee(Field):
    key = "hours_since_assignee"
    label = N_("Hours since the assignee changed")
    section = "time"
    position = 224
    type = Hours()
    reads = ("assignee_since",)

    def reader(self) -> Callable[[Moment], float | None]:
        return lambda moment: hours_between(moment.facts["assignee_since"], moment.now)
