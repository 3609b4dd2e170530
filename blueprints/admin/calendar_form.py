"""The form of a calendar: hours of the week and special days as texts that people can write."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField
from wtforms.fields import Field
from wtforms.validators import ValidationError

from blueprints.admin.zones import check_zone
from blueprints.forms import Form, one_line
from core.i18n import N_, _
from desk import holiday_countries
from desk.business_time import named
from desk.calendar_year import shown_year
from desk.errors import Invalid
from desk.hours import DAY_OFF, read_hours, show_hours
from models import Calendar

DAYS = tuple(f"day{number}" for number in range(7))
SPARE_ROWS = 2
LONGEST_NAME = 80


@dataclass
class Special:
    """A row of the special days as it was written."""

    day: str = ""
    hours: str = ""
    name: str = ""
    error: str = ""

    @property
    def date(self) -> date | None:
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None


class CalendarForm(Form):
    """`day0` is Monday. The special days stand beside the fields: `specials`."""

    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])
    zone = StringField(N_("Time zone"), filters=[one_line])
    holidays = SelectField(N_("Public holidays"), validate_choice=False)
    day0 = StringField(filters=[one_line])
    day1 = StringField(filters=[one_line])
    day2 = StringField(filters=[one_line])
    day3 = StringField(filters=[one_line])
    day4 = StringField(filters=[one_line])
    day5 = StringField(filters=[one_line])
    day6 = StringField(filters=[one_line])
    exceptions = StringField(N_("Special days"))  # a place for what is wrong with them as a whole

    year: int
    specials: list[Special]

    def validate_name_ru(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Give it a name."))

    def validate_zone(self, field: Field) -> None:
        check_zone(field)

    def validate_holidays(self, field: Field) -> None:
        if field.data and not holiday_countries.is_known(field.data[:8]):
            raise ValidationError(_("Not a valid choice."))

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for name in DAYS:
            sound &= _checked(self[name], lambda text=self[name].data: read_hours(text))
        sound &= _checked(self.exceptions, lambda: self.special_hours)
        return bool(sound)

    @property
    def week(self) -> list[Any]:
        return [read_hours(self[name].data or "") for name in DAYS]

    @property
    def special_hours(self) -> dict[str, Any]:
        """{"2026-03-09": hours, or with a name}; Invalid with the row named."""
        found: dict[str, Any] = {}
        for row in self.specials:
            if not row.day:
                continue
            try:
                day = date.fromisoformat(row.day).isoformat()
                if day in found:
                    raise Invalid(_("This day is there twice."))
                if len(row.name) > LONGEST_NAME:
                    raise Invalid(_("A name has at most %(n)s characters.", n=LONGEST_NAME))
                hours = read_hours(row.hours)
                found[day] = {"name": row.name, "hours": hours} if row.name else hours
            except (ValueError, Invalid) as error:
                text = str(error) if isinstance(error, Invalid) else _("Not a valid date value.")
                row.error = text
                raise Invalid(f"{row.day[:20]}: {text}") from error
        return found

    @property
    def rows(self) -> list[Special]:
        """Those of the shown year, and those that have no place elsewhere; with spare ones."""
        here = [row for row in self.specials if not self._is_elsewhere(row)]
        here.sort(key=lambda row: row.day or "9")
        return [*here, *(Special() for _row in range(SPARE_ROWS))]

    @property
    def elsewhere(self) -> str:
        """The special days of other years, carried along in one hidden field."""
        elsewhere = (row for row in self.specials if self._is_elsewhere(row))
        others = {row.day: [row.hours, row.name] for row in elsewhere}
        return json.dumps(others, ensure_ascii=False) if others else ""

    def _is_elsewhere(self, row: Special) -> bool:
        return row.date is not None and row.date.year != self.year and not row.error

    def put(self, day: date, hours: str | None, name: str = "") -> None:
        """Make a day special, or as usual again with None. Without a name it keeps its own."""
        text = day.isoformat()
        name = name or next((row.name for row in self.specials if row.day == text), "")
        self.specials = [row for row in self.specials if row.day != text]
        if hours is not None:
            self.specials.append(Special(text, hours, name))

    @property
    def names(self) -> dict[str, str]:
        return {"ru": self.name_ru.data, "en": self.name_en.data}

    @property
    def hours(self) -> dict[str, Any]:
        """As the verbs take them. Only of a form that is sound."""
        return {
            "zone": self.zone.data,
            "holidays": self.holidays.data or None,
            "week": self.week,
            "exceptions": self.special_hours,
        }


def calendar_form(given: MultiDict[str, str] | None, row: Calendar | None = None) -> CalendarForm:
    """Filled from what was sent, else from the row, else with a usual week."""
    shown = _of(row) if row is not None else _usual()
    form = CalendarForm(given, data=shown)
    form.holidays.choices = holiday_countries.choices(form.holidays.data)
    form.year = shown_year(given.get("year", type=int) if given is not None else None)
    if given is None:
        exceptions = row.exceptions if row is not None else {}
        form.specials = [_special(day, kept) for day, kept in sorted(exceptions.items())]
    else:
        form.specials = [*_written(given), *_carried(given.get("special_others", ""))]
    return form


def _special(day: str, kept: Any) -> Special:
    name, hours = named(kept)
    return Special(day, show_hours(hours), name)


def _written(given: MultiDict[str, str]) -> list[Special]:
    days, hours = given.getlist("special_day"), given.getlist("special_hours")
    names = [*given.getlist("special_name"), *repeat("", len(days))]
    rows = zip(days, hours, names, strict=False)
    written = [Special(one_line(day), _hours(text), one_line(name)) for day, text, name in rows]
    return [row for row in written if row.day or row.hours]


def _carried(text: str) -> list[Special]:
    """What the hidden field held; what is no such thing holds nothing."""
    try:
        others = json.loads(text or "{}")
        rows = [(str(day), str(hours), str(name)) for day, (hours, name) in others.items()]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []
    return [Special(one_line(day), _hours(hours), one_line(name)) for day, hours, name in rows]


def _hours(written: str) -> str:
    """A day off is shown as a dash, and kept as nothing."""
    text = one_line(written)
    return "" if text in DAY_OFF else text


def _of(row: Calendar) -> dict[str, Any]:
    week = {name: show_hours(hours) for name, hours in zip(DAYS, row.week, strict=True)}
    return {
        "name_ru": row.name_ru,
        "name_en": row.name_en,
        "zone": row.zone,
        "holidays": row.holidays or "",
        **week,
    }


def _usual() -> dict[str, Any]:
    return {"zone": "Europe/Moscow", "holidays": "RU", **dict.fromkeys(DAYS[:5], "09:00–18:00")}


def _checked(field: Field, read: Callable[[], Any]) -> bool:
    try:
        read()
    except Invalid as error:
        field.errors = [*field.errors, str(error)]
        return False
    return True
