"""Groups: the list, and one group: its names, its people, how its work is handed out."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.group_form import GroupForm, group_form, in_words
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import _
from core.web import page, see_other
from desk import access
from desk.catalog import catalog
from desk.errors import Invalid, Stale
from desk.team import groups
from desk.team.doubts import working_members
from desk.team.group_said import MODE_NAMES, MODE_NOTES, GroupSaid
from models import Group

LIST = "/admin/groups"


@blueprint.get("/groups")
def group_list() -> Response:
    access.demand(current_user, "routing.read")
    return page(
        "admin/groups/list.html",
        rows=[(row, working_members(row)) for row in catalog().groups.values()],
        words=catalog(),
        modes=MODE_NAMES,
        editable=access.may(current_user, "settings.edit"),
    )


@blueprint.get("/groups/new")
def new_group() -> Response:
    access.demand(current_user, "settings.edit")
    return _show(group_form(None, GroupSaid(), None), None)


@blueprint.post("/groups/new")
@once
def create_group() -> Response:
    access.demand(current_user, "settings.edit")
    form = group_form(request.form, GroupSaid(), None)
    if not form.validate():
        return _show(form, None, status=422)
    try:
        row = groups.create(GroupSaid(**form.data), by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(f"{LIST}/{row.id}")


@blueprint.get("/groups/<int:number>")
def group(number: int) -> Response:
    access.demand(current_user, "routing.read")
    row = groups.group_for(number)
    return _show(group_form(None, groups.said_of(row), row.id), row)


@blueprint.post("/groups/<int:number>")
@once
def change_group(number: int) -> Response:
    access.demand(current_user, "settings.edit")
    row = groups.group_for(number, lock=True)
    was = groups.said_of(row)
    form = group_form(request.form, was, row.id)
    if not form.validate():
        return _show(form, row, status=422)
    based_on = request.form.get("based_on", "")
    try:
        groups.change(row, GroupSaid(**form.data), based_on=based_on, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    except Stale:
        return _show(form, row, status=409, theirs=group_form(None, was, row.id))
    flash(_("Saved."))
    return see_other(f"{LIST}/{number}")


@blueprint.post("/groups/<int:number>/delete")
@once
def delete_group(number: int) -> Response:
    access.demand(current_user, "settings.edit")
    row = groups.group_for(number, lock=True)
    try:
        groups.delete(row, by=me())
    except Invalid as error:
        form = group_form(None, groups.said_of(row), row.id)
        return _show(form, row, status=422, kept_because=str(error))
    flash(_("The group was deleted."))
    return see_other(LIST)


def _show(form: GroupForm, row: Group | None, *, status: int = 200, **context: Any) -> Response:
    """After a conflict the form stands on their version: saving once more is a choice."""
    kept = request.form.get("based_on") if status != 409 else None
    return page(
        "admin/groups/group.html",
        status=status,
        form=form,
        row=row,
        based_on=kept or (groups.fingerprint(row) if row else ""),
        notes=MODE_NOTES,
        words=catalog(),
        in_words=in_words,
        editable=access.may(current_user, "settings.edit"),
        **context,
    )
