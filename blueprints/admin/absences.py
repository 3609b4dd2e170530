"""Absences and single shifts: those of everybody by date, and those of one on their page."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.absence_form import absence_form, moment
from blueprints.admin.blueprint import blueprint
from blueprints.admin.person_page import LIST, RIGHT, shift_form, show, words
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import _
from core.web import page, safe_next, see_other
from desk import access
from desk.errors import Invalid
from desk.team import absences, people, shifts


@blueprint.get("/absences")
def absence_list() -> Response:
    access.demand(current_user, "routing.read")
    return page(
        "admin/people/absences.html",
        absences=absences.coming(),
        editable=access.may(current_user, RIGHT),
        **words(),
    )


@blueprint.post("/people/<int:number>/absences")
@once
def enter_absence(number: int) -> Response:
    access.demand(current_user, RIGHT)
    person = people.person_for(number, lock=True)
    form = absence_form(request.form, person)
    try:
        absences.enter(person, form.said, by=me())
    except Invalid as error:
        form.refuse(error)
        return show(person, status=422, absence=form)
    flash(_("Saved."))
    return see_other(f"{LIST}/{number}#absences")


@blueprint.post("/absences/<int:number>/end")
@once
def end_absence(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = absences.absence_for(number)
    back = safe_next(request.form.get("next"), f"{LIST}/{row.staff_id}#absences")
    absences.end(row, by=me())
    flash(_("Saved."))
    return see_other(back)


@blueprint.post("/people/<int:number>/shifts")
@once
def add_shift(number: int) -> Response:
    access.demand(current_user, RIGHT)
    person = people.person_for(number, lock=True)
    form = shift_form(request.form)
    try:
        starts = moment(form.starts_at.data or "", "starts_at")
        ends = moment(form.ends_at.data or "", "ends_at")
        shifts.add(person, starts, ends, by=me())
    except Invalid as error:
        form.refuse(error)
        return show(person, status=422, shift=form)
    flash(_("Saved."))
    return see_other(f"{LIST}/{number}#shifts")


@blueprint.post("/people/<int:number>/shifts/<int:shift>/remove")
@once
def remove_shift(number: int, shift: int) -> Response:
    access.demand(current_user, RIGHT)
    person = people.person_for(number, lock=True)
    shifts.remove(shifts.shift_for(shift, of=person), person, by=me())
    flash(_("The shift was removed."))
    return see_other(f"{LIST}/{number}#shifts")
