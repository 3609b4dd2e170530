"""What a click on a day of the year view does to the form of a calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import request

from blueprints.admin.calendar_form import CalendarForm
from blueprints.forms import one_line
from core.i18n import _
from desk.calendar_year import shown_year, written
from desk.errors import Invalid
from desk.hours import read_hours, show_hours


@dataclass(frozen=True)
class Picked:
    """The day that a person is at. `is_open`: what it can become is shown beside it."""

    day: date
    is_open: bool = True
    hours: str = ""
    problem: str = ""


def press(form: CalendarForm, command: str) -> Picked | None:
    """Of "year:2027", "day:2026-05-09", and "off:", "hours:", "usual:", "close:" of that day."""
    verb, _colon, text = command.partition(":")
    if verb == "year":
        form.year = shown_year(int(text) if text.isascii() and text.isdigit() else None)
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    change = _VERBS.get(verb)
    return change(form, day) if change else None


def take_pending(form: CalendarForm) -> Picked | None:
    """Put in the hours that were typed for the chosen day and not set yet. The day, when they can't
    be put in: its form stays open with what is wrong."""
    text = one_line(request.form.get("own_hours"))
    try:
        day = date.fromisoformat(request.form.get("picked", ""))
    except ValueError:
        return None
    if text == request.form.get("shown_hours", ""):
        return None
    taken = _own_hours(form, day)
    if not taken.problem:
        return None
    form.year = day.year
    form.form_errors.append(f"{written(day, 'd MMMM y')}: {taken.problem}")
    return taken


def _open(form: CalendarForm, day: date) -> Picked:
    hours = next((row.hours for row in form.specials if row.day == day.isoformat()), "")
    return Picked(day, hours=hours or _usual_hours(form, day))


def _usual_hours(form: CalendarForm, day: date) -> str:
    """What to begin with: the hours of that day of the week, else of Monday."""
    its = form[f"day{day.weekday()}"].data or form.day0.data
    return str(its or "")


def _off(form: CalendarForm, day: date) -> Picked:
    form.put(day, "")
    return Picked(day, is_open=False)


def _own_hours(form: CalendarForm, day: date) -> Picked:
    text = one_line(request.form.get("own_hours"))
    try:
        hours = read_hours(text)
    except Invalid as error:
        return Picked(day, hours=text, problem=str(error))
    if not hours:
        return Picked(day, hours=text, problem=_("Write the hours."))
    form.put(day, show_hours(hours))
    return Picked(day, is_open=False)


def _usual(form: CalendarForm, day: date) -> Picked:
    form.put(day, None)
    return Picked(day, is_open=False)


def _close(form: CalendarForm, day: date) -> Picked:
    return Picked(day, is_open=False)


_VERBS: dict[str, Callable[[CalendarForm, date], Picked]] = {
    "day": _open,
    "off": _off,
    "hours": _own_hours,
    "usual": _usual,
    "close": _close,
}
