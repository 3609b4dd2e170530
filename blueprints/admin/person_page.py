"""The page of one colleague: all that is said of them, their absences, single shifts, state."""

from typing import Any

from flask import Response, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from blueprints.absence_form import absence_form
from blueprints.admin.people_rows import row_of
from blueprints.admin.person_form import (
    level_choices,
    person_form,
    skills_for,
    words_of,
)
from blueprints.forms import Form, one_line
from core import clock
from core.i18n import N_
from core.web import page
from desk import access, preferences
from desk.catalog import catalog
from desk.dispatcher import SetBy
from desk.team import absences, people, shifts
from desk.team.leavers import left_by
from models import Leaving, Staff

RIGHT = "staff.edit"
LIST = "/admin/people"
SET_BY = {
    SetBy.AGENT: N_("their own"),
    SetBy.GROUP: N_("of the group"),
    SetBy.GLOBAL: N_("of the company"),
}
BECOMES = {
    Leaving.KEEP: N_("stays with them"),
    Leaving.HAND_ON: N_("is handed on to somebody free"),
    Leaving.QUEUE: N_("goes back to the queue"),
}


class ShiftForm(Form):
    """A single shift."""

    starts_at = StringField(N_("From"), filters=[one_line], id="shift-from")
    ends_at = StringField(N_("Until"), filters=[one_line], id="shift-until")


def shift_form(given: MultiDict[str, str] | None) -> ShiftForm:
    return ShiftForm(given)


def show(person: Staff, *, status: int = 200, **forms: Any) -> Response:
    """`forms` = those that came back: form, absence, shift; `theirs` after a conflict, when the
    form stands on their version: saving once more is a choice."""
    was = people.said_of(person)
    form = forms.pop("form", None) or person_form(None, was)
    kept = request.form.get("based_on") if status != 409 else None
    known = catalog().staff.get(person.id, person)
    return page(
        "admin/people/person.html",
        status=status,
        person=person,
        form=form,
        row=row_of(known, clock.now()),
        based_on=kept or people.fingerprint(person),
        absence=forms.pop("absence", None) or absence_form(None, person),
        shift=forms.pop("shift", None) or shift_form(None),
        absences=absences.coming(person.id),
        shifts=shifts.coming(person),
        skills=skills_for(was),
        editable=access.may(current_user, RIGHT),
        left=left_by(person) if person.is_active else None,
        is_self=person.id == current_user.id,
        is_last=person.is_admin and people.is_last_admin(person),
        **words(),
        **forms,
    )


def words() -> dict[str, Any]:
    """What pages of colleagues say in words."""
    return {
        "levels": level_choices(),
        "words_of": words_of,
        "presences": preferences.PRESENCES,
        "set_by": SET_BY,
        "becomes": BECOMES,
        "kinds": absences.KINDS,
        "said_time": absences.said_time,
        "doubt": absences.stand_in_is_absent,
        "words": catalog(),
    }
