"""Days of work and days off in turns, whatever day of the week it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from desk.business_time.timeline import Timeline, Windows


@dataclass(frozen=True)
class Rotation:
    """`cycle` = the windows of each day, in minutes of the local clock; the first is that of
    `anchor`, and it goes on for ever before and after. ValueError for a cycle without a day."""

    zone: ZoneInfo
    anchor: date
    cycle: Sequence[Windows]
    timeline: Timeline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.cycle:
            raise ValueError("a rotation has one day at least")
        object.__setattr__(self, "timeline", Timeline(self.zone, self.windows_on))

    def windows_on(self, day: date) -> Windows:
        return self.cycle[(day - self.anchor).days % len(self.cycle)]
