"""Whether a deadline of it has passed."""

from collections.abc import Callable

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import YesNo, yes_or_no


class CounterOverdue(Field):
    key = "counter_overdue"
    label = N_("Is overdue")
    section = "time"
    position = 244
    type = YesNo()
    reads = ("deadlines",)

    def reader(self) -> Callable[[Moment], str]:
        return lambda moment: yes_or_no(
            any(one.limit_at <= moment.now for one in moment.facts["deadlines"] or ())
        )
