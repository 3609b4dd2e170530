"""The form of an absence, and instants as a browser gives them: by the reader's own clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField

from blueprints.forms import Form, one_line
from core.i18n import N_, _, zone
from core.web import id_given
from desk.catalog import catalog
from desk.errors import Invalid
from desk.team.absences import KINDS, AbsenceSaid
from models import Staff

MOMENT = "%Y-%m-%dT%H:%M"


class AbsenceForm(Form):
    """Named as the columns of Absence; an empty end = nobody knows."""

    kind = SelectField(N_("Kind"), validate_choice=False)
    starts_at = StringField(N_("Absent from"), filters=[one_line])
    ends_at = StringField(N_("Back at work"), filters=[one_line])
    stand_in_id = SelectField(N_("Stand-in"), validate_choice=False)
    note = StringField(N_("Note"), filters=[one_line])

    @property
    def said(self) -> AbsenceSaid:
        """Invalid, with the field."""
        stand_in, ends = self.stand_in_id.data or "", self.ends_at.data or ""
        if stand_in and id_given(stand_in) is None:
            raise Invalid(_("Not a valid choice."), "stand_in_id")
        return AbsenceSaid(
            kind=self.kind.data or "",
            starts_at=moment(self.starts_at.data or "", "starts_at"),
            ends_at=moment(ends, "ends_at") if ends else None,
            stand_in_id=id_given(stand_in),
            note=self.note.data or "",
        )


def absence_form(given: MultiDict[str, str] | None, person: Staff) -> AbsenceForm:
    """`person` = who will be absent."""
    form = AbsenceForm(given)
    others = [one for one in catalog().staff.values() if one.is_active and one.id != person.id]
    form.kind.choices = [(key, _(name)) for key, name in KINDS.items()]
    named = [(str(one.id), one.name) for one in others]
    form.stand_in_id.choices = [("", _("nobody")), *named]
    return form


def moment(text: str, field: str) -> datetime:
    """Of a field of type datetime-local. Invalid."""
    try:
        found = datetime.strptime(text, MOMENT).replace(tzinfo=ZoneInfo(zone()))
    except ValueError:
        raise Invalid(_("Write a day and an hour."), field) from None
    if not 1970 < found.year < 9999:  # noqa: PLR2004 - what a clock can be told in any zone
        raise Invalid(_("Write a day and an hour."), field)
    return found
