"""Notices: what newcomers are told unless they choose otherwise, and what each colleague chose."""

from dataclasses import replace

from flask import Response, flash, request
from flask_login import current_user

from blueprints import notice_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import _
from core.web import page, see_other
from desk import access
from desk.catalog import catalog
from desk.errors import Invalid, NotFound, Stale
from desk.notices import choices
from desk.notices.choices import Choice

PAGE = "/admin/notices"


@blueprint.get("/notices")
def notice_defaults() -> Response:
    access.demand(current_user, "staff.edit")
    return _show(choices.defaults())


@blueprint.post("/notices")
@once
def save_notice_defaults() -> Response:
    access.demand(current_user, "staff.edit")
    given = notice_form.read(request.form)
    try:
        choices.change_defaults(given, by=me(), based_on=given.version)
    except Invalid as error:
        return _show(given, status=422, error=error)
    except Stale:
        return _show(replace(given, version=choices.defaults().version), status=409)
    flash(_("Saved."))
    return see_other(PAGE)


@blueprint.get("/notices/<int:number>")
def notice_choice(number: int) -> Response:
    """To be looked at, not changed: what one is told is one's own affair."""
    access.demand(current_user, "staff.edit")
    person = catalog().staff.get(number)
    if person is None:
        raise NotFound(_("There is no such colleague."))
    choice = choices.choice_of(person)
    return page(
        "admin/notices/person.html",
        person=person,
        **notice_form.shown(choice, admin=person.is_admin),
    )


def _show(choice: Choice, *, status: int = 200, error: Invalid | None = None) -> Response:
    people = [person for person in catalog().staff.values() if person.is_active]
    return page(
        "admin/notices/defaults.html",
        status=status,
        overtaken=status == 409,
        people=[(person, choices.choice_of(person)) for person in people],
        **notice_form.shown(choice, admin=True, error=error),
    )
