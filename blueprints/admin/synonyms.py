"""Synonyms: what clients call one thing. Words of triggers and searches look through them."""

from flask import Response, flash, request
from flask_login import current_user
from wtforms import IntegerField, TextAreaField

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.forms import Form
from blueprints.once import once
from core.i18n import N_, _
from core.web import page, see_other
from desk import access, synonyms
from desk.automation.shape import split_list
from desk.errors import Invalid, Stale
from models import SynonymGroup

LIST = "/admin/synonyms"


class SynonymsForm(Form):
    """`base` is the version that is being edited."""

    words = TextAreaField(N_("Words that mean the same"))
    base = IntegerField(default=0)

    @property
    def said(self) -> list[str]:
        return split_list((self.words.data or "").replace("\0", ""))


@blueprint.get("/synonyms")
def synonym_groups() -> Response:
    access.demand(current_user, "rules.read")
    return page(
        "admin/synonyms/list.html",
        groups=synonyms.groups(),
        editable=access.may(current_user, "rules.edit"),
        deleted=request.args.get("deleted", type=int),
    )


@blueprint.get("/synonyms/new")
def new_synonyms() -> Response:
    access.demand(current_user, "rules.edit")
    return _show(SynonymsForm(None), None)


@blueprint.post("/synonyms/new")
@once
def create_synonyms() -> Response:
    access.demand(current_user, "rules.edit")
    form = SynonymsForm(request.form)
    try:
        synonyms.create(form.said, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.get("/synonyms/<int:number>")
def synonym_group(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    group = synonyms.group_for(number)
    return _show(_form_of(group), group)


@blueprint.post("/synonyms/<int:number>")
@once
def change_synonyms(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    group = synonyms.group_for(number, lock=True)
    form = SynonymsForm(request.form)
    try:
        synonyms.change(group, form.said, base=form.base.data or 0, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, group, status=422)
    except Stale:
        return _show(form, group, status=409)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.post("/synonyms/<int:number>/delete")
@once
def delete_synonyms(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    synonyms.delete(synonyms.group_for(number, lock=True), by=me())
    return see_other(f"{LIST}?deleted={number}")


@blueprint.post("/synonyms/<int:number>/undelete")
@once
def undelete_synonyms(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    try:
        synonyms.undelete(number, by=me())
    except Invalid as error:
        flash(str(error), "error")
        return see_other(LIST)
    flash(_("The group is back."))
    return see_other(LIST)


def _form_of(group: SynonymGroup) -> SynonymsForm:
    return SynonymsForm(None, data={"words": "\n".join(group.words), "base": group.version})


def _show(form: SynonymsForm, group: SynonymGroup | None, *, status: int = 200) -> Response:
    """After a conflict the form stands on their version: saving once more is a choice."""
    overtaken = group is not None and status == 409
    base = group.version if group is not None and (overtaken or not request.form) else None
    return page(
        "admin/synonyms/group.html",
        status=status,
        form=form,
        group=group,
        base=base if base is not None else form.base.data or 0,
        overtaken=overtaken,
    )
