"""How fast a group hands out what waits, and when somebody's turn comes by that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LOOKED_AT = timedelta(hours=1)
FEW = 3  # with less there is no pace

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Pace:
    """`given` out of the queue in the `waited` time in which there was a queue."""

    given: int = 0
    waited: timedelta = timedelta()

    def expected(self, place: int) -> timedelta | None:
        """Until the one at that place is given, as things go; None without a pace."""
        return self.waited / self.given * place if self.given >= FEW else None


def pace_of(given: Iterable[datetime], waited: Iterable[Stretch], at: datetime) -> Pace:
    """Of the last hour. `given` = when something left the queue of a group for an agent; `waited` =
    when something stood in it, without overlaps, until `at` where something still does."""
    since = at - LOOKED_AT
    inside = [(max(begin, since), end) for begin, end in waited]
    time = sum((end - begin for begin, end in inside if begin < end), timedelta())
    return Pace(sum(since < one <= at for one in given), time)
