"""Special days out of a calendar file: put into the form, to be looked at and then saved."""

from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import FileStorage

from blueprints.admin.calendar_form import CalendarForm
from blueprints.admin.zones import zones
from core import clock
from core.i18n import _
from desk import ical
from desk.calendar_year import written
from desk.deadlines.calendars import MAX_EXCEPTIONS
from desk.errors import Invalid
from desk.hours import show_hours

YEARS = 2  # ahead, that events are taken from


@dataclass
class Taken:
    """`days` = (day, what it is now, name). `earlier` and `unclear` count events, the rest days;
    `zones` as in desk.ical."""

    name: str
    new: int = 0
    changed: int = 0
    same: int = 0
    earlier: int = 0
    unclear: int = 0
    zones: tuple[str, ...] = ()
    days: list[tuple[str, str, str]] = field(default_factory=list)


def take(form: CalendarForm, file: FileStorage | None) -> Taken:
    """Put the days of the file into the form. Invalid when it holds none or too many."""
    if file is None or not file.filename:
        raise Invalid(_("Choose a calendar file (.ics)."), "ics")
    since, until = _span(form)
    with file.stream:
        data = file.stream.read(ical.MAX_BYTES + 1)
    found = ical.read(data, form.zone.data, since, until)
    if not found.days and found.unclear:
        told = _("No event of this file can be taken; one repeats by the hour or the second, say.")
        raise Invalid(told, "ics")
    if not found.days:
        told = _("The file has no event from today up to %(day)s.", day=written(until, "d MMMM y"))
        raise Invalid(told, "ics")
    taken = Taken(file.filename[:80], earlier=found.earlier, unclear=found.unclear)
    taken.zones = tuple(sorted(found.zones))
    before = {row.day: (row.hours, row.name) for row in form.specials}
    if len(before.keys() | {each.day.isoformat() for each in found.days}) > MAX_EXCEPTIONS:
        told = _("At most %(n)s special days; nothing of the file was taken.", n=MAX_EXCEPTIONS)
        raise Invalid(told, "ics")
    for each in found.days:
        _put(form, each, before.get(each.day.isoformat()), taken)
    form.year = found.days[0].day.year
    return taken


def _span(form: CalendarForm) -> tuple[date, date]:
    """From today in the calendar's zone."""
    if form.zone.data not in zones():
        raise Invalid(_("There is no such time zone. Choose one from the list."), "ics")
    today = clock.today(form.zone.data)
    return today, date(today.year + YEARS, today.month, min(today.day, 28))


def _put(form: CalendarForm, found: ical.Day, before: tuple[str, str] | None, taken: Taken) -> None:
    hours = show_hours([[_clock(start), _clock(end)] for start, end in found.windows])
    if before is None:
        taken.new += 1
    elif before == (hours, found.name or before[1]):
        taken.same += 1
    else:
        taken.changed += 1
    form.put(found.day, hours, found.name)
    taken.days.append((written(found.day, "d MMMM y"), hours or _("day off"), found.name))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
