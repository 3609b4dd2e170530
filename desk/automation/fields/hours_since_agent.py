"""How long ago we last answered."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.facts import hours_between
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Hours


class HoursSinceAgent(Field):
    key = "hours_since_agent"
    label = N_("Hours since our answer")
    section = "time"
    position = 220
    type = Hours()
    reads = ("last_agent_at",)

    def reader(self) -> Callable[[Moment], float | None]:
        return lambda moment: hours_between(moment.facts["last_agent_at"], moment.now)
