"""What is said of a schedule where it is edited, what keeps it from being so, what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from core import clock
from core.i18n import N_, _, company_zone, format_datetime, zone
from desk.business_time import NoWorkingTime, next_window
from desk.calendar_preview import said_hours
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.errors import Invalid
from desk.hours import read_hours
from desk.routing.hours import rotation_of
from desk.routing.staffing import Hours, staffing
from desk.texts import is_seen
from models import Schedule

MAX_NAME = 120
LONGEST_CYCLE = 56
AHEAD = 14
DAY = "09:00–21:00"
OFF = "–"


@dataclass(frozen=True)
class ScheduleSaid:
    """By a calendar, or a rotation: `days` = hours of each day as people write them, the first is
    that of `anchor`. An empty `zone` = that of the company."""

    name_ru: str = ""
    name_en: str = ""
    calendar_id: int | None = None
    days: Sequence[str] = ()
    anchor: date | None = None
    zone: str = ""

    @property
    def cycle(self) -> list[list[list[str]]]:
        """As it is stored. Invalid for a day that is not clear."""
        return [_hours(number, text) for number, text in enumerate(self.days, 1)]


@dataclass(frozen=True)
class Preset:
    """`days` as in ScheduleSaid; a week begins on a Monday."""

    name: str
    days: Sequence[str]
    is_week: bool = False


PRESETS = {
    "2-2": Preset(N_("2 days of work, 2 off"), (DAY, DAY, OFF, OFF)),
    "5-2": Preset(N_("5 days of work, 2 off"), (*(("09:00–18:00",) * 5), OFF, OFF), is_week=True),
    "3-1": Preset(N_("3 days of work, 1 off"), (DAY, DAY, DAY, OFF)),
    "day-night": Preset(
        N_("Day, night, 2 off"), ("08:00–20:00", "20:00–24:00", "00:00–08:00", OFF)
    ),
}


@dataclass(frozen=True)
class Day:
    """`hours` in words; empty for a day off."""

    day: date
    hours: str

    @property
    def written(self) -> str:
        """2 Nov."""
        noon = datetime.combine(self.day, time(12), ZoneInfo(zone()))
        return format_datetime(noon, "d MMM")


def of_preset(key: str) -> ScheduleSaid:
    """The beginning of a new schedule; a plain one for an unknown key."""
    preset = PRESETS.get(key, PRESETS["2-2"])
    today = clock.today(company_zone())
    began = today - timedelta(days=today.weekday()) if preset.is_week else today
    return ScheduleSaid(days=preset.days, anchor=began, zone=company_zone())


def check(said: ScheduleSaid, row: Schedule | None) -> None:
    """Invalid, with the field; `row` None = a new one."""
    if not is_seen(said.name_ru):
        raise Invalid(_("Give it a name."), "name_ru")
    others = [each for each in staffing().schedules.values() if row is None or each.id != row.id]
    for field in ("name_ru", "name_en"):
        name = getattr(said, field)
        if len(name) > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), field)
        if name and name.casefold() in {getattr(each, field).casefold() for each in others}:
            raise Invalid(_("Another schedule has this name."), field)
    check_hours(said)


def check_hours(said: ScheduleSaid) -> None:
    """Invalid, with the field."""
    if said.calendar_id is not None:
        if said.calendar_id not in catalog().calendars:
            raise Invalid(_("Not a valid choice."), "calendar_id")
        return
    if not said.days:
        raise Invalid(_("Write the hours of one day at least."), "days")
    if len(said.days) > LONGEST_CYCLE:
        raise Invalid(_("At most %(n)s days.", n=LONGEST_CYCLE), "days")
    said.cycle  # noqa: B018 - refuses what is not clear
    if said.anchor is None or not 1970 <= said.anchor.year <= 2200:  # noqa: PLR2004
        raise Invalid(_("Say on which day the first of them falls."), "anchor")
    if said.zone and said.zone not in available_timezones():
        raise Invalid(_("There is no such time zone. Choose one from the list."), "zone")


def _hours(number: int, text: str) -> list[list[str]]:
    try:
        return read_hours(text)
    except Invalid as error:
        raise Invalid(_("Day %(n)s: %(why)s", n=number, why=error), "days") from error


def put(row: Schedule, said: ScheduleSaid) -> None:
    """What is checked into the row."""
    is_rotation = said.calendar_id is None
    row.name_ru, row.name_en, row.calendar_id = said.name_ru, said.name_en, said.calendar_id
    row.cycle = said.cycle if is_rotation else []
    row.anchor, row.zone = (said.anchor, said.zone) if is_rotation else (None, "")


def hours_of(row: Schedule) -> Hours:
    """When who works by it is at work."""
    if row.calendar_id:
        return work_calendar(catalog().calendars[row.calendar_id])
    return rotation_of(row)


def never_opens(row: Schedule) -> bool:
    """Whether no hour of work is to come."""
    try:
        next_window(hours_of(row), clock.now())
    except NoWorkingTime:
        return True
    return False


def ahead(row: Schedule) -> list[Day]:
    """The days to come from today, by the clock of the schedule."""
    hours = hours_of(row)
    own = hours.zone.key if isinstance(hours.zone, ZoneInfo) else hours.zone
    today = clock.today(own)
    days = [today + timedelta(days=number) for number in range(AHEAD)]
    return [Day(day, said_hours(hours.windows_on(day))) for day in days]
