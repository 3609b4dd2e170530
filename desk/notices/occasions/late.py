"""A clock on a ticket has run out; told by desk.notices.limits, not by an event."""

from core import clock
from core.i18n import N_
from desk.notices.occasions.soon_late import SoonLate
from models import Counter, CounterState


class Late(SoonLate):
    key = "late"
    position = 8
    label = N_("A ticket is late")
    explained = N_("When the limit has passed: to the assignee, else to the head of the group.")
    icon = "triangle-alert"
    title = N_("Late: No. %(number)s, %(counters)s")

    def _has_come(self, counter: Counter) -> bool:
        running = counter.state == CounterState.RUNNING
        return running and counter.limit_at is not None and counter.limit_at <= clock.now()
