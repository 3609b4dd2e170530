"""How long ago the client last wrote."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.facts import hours_between
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Hours


class HoursSinceClient(Field):
    key = "hours_since_client"
    label = N_("Hours since the client wrote")
    section = "time"
    position = 210
    type = Hours()
    reads = ("last_client_at",)

    def reader(self) -> Callable[[Moment], float | None]:
        return lambda moment: hours_between(moment.facts["last_client_at"], moment.now)
