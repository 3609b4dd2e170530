"""Colleagues: the list, a new one, what is said of one, whether they work here."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.people_rows import Wanted, rows
from blueprints.admin.person_form import (
    NewPersonForm,
    new_person_form,
    person_form,
    skills_for,
)
from blueprints.admin.person_page import LIST, RIGHT, show, words
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import _
from core.web import page, see_other
from desk import access
from desk.errors import Invalid, Stale
from desk.team import people, skills
from desk.team.person_said import ROLE_NAMES, PersonSaid


@blueprint.get("/people")
def people_list() -> Response:
    access.demand(current_user, "routing.read")
    wanted = Wanted.of(request.args)
    here, gone = rows(wanted)
    return page(
        "admin/people/list.html",
        here=here,
        gone=gone,
        wanted=wanted,
        skills=skills.skills(),
        roles=ROLE_NAMES,
        editable=access.may(current_user, RIGHT),
        **words(),
    )


@blueprint.get("/people/new")
def new_person() -> Response:
    access.demand(current_user, RIGHT)
    return _new(new_person_form(None))


@blueprint.post("/people/new")
@once
def create_person() -> Response:
    access.demand(current_user, RIGHT)
    form = new_person_form(request.form)
    if not form.validate():
        return _new(form, status=422)
    email, password = form.email.data or "", form.password.data or ""
    try:
        person = people.hire(form.said, email=email, password=password, by=me())
    except Invalid as error:
        form.refuse(error)
        return _new(form, status=422)
    flash(_("Saved."))
    return see_other(f"{LIST}/{person.id}")


@blueprint.get("/people/<int:number>")
def person(number: int) -> Response:
    access.demand(current_user, "routing.read")
    return show(people.person_for(number))


@blueprint.post("/people/<int:number>")
@once
def change_person(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = people.person_for(number, lock=True)
    was = people.said_of(row)
    form = person_form(request.form, was)
    if not form.validate():
        return show(row, status=422, form=form)
    based_on = request.form.get("based_on", "")
    try:
        people.change(row, form.said, based_on=based_on, by=me())
    except Invalid as error:
        form.refuse(error)
        return show(row, status=422, form=form)
    except Stale:
        return show(row, status=409, form=form, theirs=person_form(None, was))
    flash(_("Saved."))
    return see_other(f"{LIST}/{number}")


@blueprint.post("/people/<int:number>/deactivate")
@once
def deactivate_person(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = people.person_for(number, lock=True)
    try:
        people.deactivate(row, by=me())
    except Invalid as error:
        return show(row, status=422, kept_because=str(error))
    flash(_("%(name)s does not work here any more.", name=row.name))
    return see_other(f"{LIST}/{number}")


@blueprint.post("/people/<int:number>/reactivate")
@once
def reactivate_person(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = people.person_for(number, lock=True)
    people.reactivate(row, by=me())
    flash(_("%(name)s works here again.", name=row.name))
    return see_other(f"{LIST}/{number}")


def _new(form: NewPersonForm, *, status: int = 200) -> Response:
    return page(
        "admin/people/new.html",
        status=status,
        form=form,
        skills=skills_for(PersonSaid()),
        **words(),
    )
