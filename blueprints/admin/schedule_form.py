"""The form of a schedule: by a calendar, or a rotation whose days are written one a line."""

from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, StringField, TextAreaField

from blueprints.forms import Form, one_line
from core.i18n import N_, _
from core.web import id_given
from desk.catalog import catalog
from desk.errors import Invalid
from desk.team.schedule_said import ScheduleSaid

ROTATION, CALENDAR = "rotation", "calendar"
LONGEST_TEXT = 5000


class ScheduleForm(Form):
    """`anchor` = the day of the first line."""

    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])
    kind = RadioField(N_("Hours of work"), validate_choice=False)
    calendar_id = SelectField(N_("Calendar"), validate_choice=False)
    days = TextAreaField(N_("Days of the rotation, one a line"))
    anchor = StringField(N_("The first day falls on"), filters=[one_line])
    zone = StringField(N_("Time zone"), filters=[one_line])

    @property
    def said(self) -> ScheduleSaid:
        """Invalid, with the field."""
        names = self.name_ru.data or "", self.name_en.data or ""
        if self.kind.data == CALENDAR:
            chosen = id_given(self.calendar_id.data)
            if chosen is None:
                raise Invalid(_("Choose a calendar."), "calendar_id")
            return ScheduleSaid(*names, calendar_id=chosen)
        return ScheduleSaid(
            *names, days=self._lines(), anchor=self._anchor(), zone=self.zone.data or ""
        )

    def _lines(self) -> list[str]:
        """Empty lines between others are days off; those around them are none."""
        text = (self.days.data or "")[:LONGEST_TEXT].replace("\0", "").strip()
        return [line.strip() for line in text.splitlines()]

    def _anchor(self) -> date | None:
        try:
            return date.fromisoformat(self.anchor.data or "")
        except ValueError:
            return None


def schedule_form(given: MultiDict[str, str] | None, was: ScheduleSaid) -> ScheduleForm:
    form = ScheduleForm(
        given,
        data={
            "name_ru": was.name_ru,
            "name_en": was.name_en,
            "kind": CALENDAR if was.calendar_id else ROTATION,
            "calendar_id": str(was.calendar_id or ""),
            "days": "\n".join(was.days),
            "anchor": was.anchor.isoformat() if was.anchor else "",
            "zone": was.zone,
        },
    )
    form.kind.choices = [
        (ROTATION, _("A rotation: days of work and days off in turns")),
        (CALENDAR, _("The working hours of a calendar")),
    ]
    calendars = catalog().calendars.values()
    form.calendar_id.choices = [("", _("choose")), *((str(row.id), row.name) for row in calendars)]
    return form
