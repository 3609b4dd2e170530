"""When things happen: "3d 16:20", "40m ago" and "2h 10m" as instants, seen from a present."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.read import Story
from desk.business_time import WorkCalendar, add_working_time

WORKING_DAY = timedelta(hours=8)
_AMOUNT = re.compile(r"(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)?")
_DAY = re.compile(r"(\d+)d (\d\d):(\d\d)")


class Timetable:
    """`hours` = calendars of the staff by key of the person; others keep no hours."""

    def __init__(self, now: datetime, office: WorkCalendar, hours: dict[str, WorkCalendar]) -> None:
        self.now = now.astimezone(UTC)
        self.office = office
        self.hours = hours

    def of(self, story: Story) -> list[datetime]:
        """The instants of a story: of the first message, then of each moment."""
        found = [self.opened(story.opened)]
        for moment in story.then:
            if moment.ago:
                found.append(self.now - amount(moment.ago))
            else:
                found.append(self.after(found[-1], moment.after, moment.by))
        return found

    def opened(self, said: str) -> datetime:
        if said.endswith(" ago"):
            return self.now - amount(said.removesuffix(" ago"))
        found = _DAY.fullmatch(said)
        if found is None:
            raise ValueError(f"not a time: {said!r}")
        days, hour, minute = map(int, found.groups())
        local = datetime.combine(self.working_day(days), time(hour, minute), self._zone)
        return local.astimezone(UTC)

    def after(self, start: datetime, said: str, who: str) -> datetime:
        """So much later: of working time for the staff, else by the clock on the wall."""
        calendar = self.hours.get(who)
        if calendar is None:
            return start + amount(said)
        return add_working_time(calendar, start, amount(said, day=WORKING_DAY))

    def working_day(self, ago: int) -> date:
        """The working day that lies `ago` working days before today."""
        day = self.now.astimezone(self._zone).date()
        while ago:
            day -= timedelta(days=1)
            ago -= bool(self.office.windows_on(day))
        return day

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.office.zone)


def amount(said: str, *, day: timedelta = timedelta(days=1)) -> timedelta:
    """ "1d", "2h 10m", "40m" as a length of time. ValueError."""
    found = _AMOUNT.fullmatch(said)
    if found is None or not any(found.groups()):
        raise ValueError(f"not a length of time: {said!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * day + timedelta(hours=hours, minutes=minutes)
