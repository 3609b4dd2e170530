"""Which counters tick on it now."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.fields.counter import Policies
from desk.automation.moment import Moment
from desk.automation.types import Many


class CountersRunning(Field):
    key = "counters_running"
    label = N_("Counters that run")
    section = "time"
    position = 242
    type = Many(Policies())
    reads = ("deadlines",)

    def reader(self) -> Callable[[Moment], list[int]]:
        return lambda moment: [one.policy for one in moment.facts["deadlines"] or ()]
