"""Sections of the FAQ: the tree with its order, one of them, removing it."""

from flask import Response, flash, request
from flask_login import current_user
from wtforms import SelectField, SelectMultipleField, StringField

from blueprints.agent.blueprint import blueprint
from blueprints.forms import Form, one_line
from blueprints.once import once
from core.i18n import N_, _
from core.web import id_given, page, see_other
from desk import access, sections
from desk.catalog import catalog
from desk.errors import Invalid
from desk.sections import Limits
from models import ArticleCategory

LIST = "/agent/kb/sections"
RIGHT = "sections.edit"


class SectionForm(Form):
    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])
    about_ru = StringField(N_("In one line, in Russian"), filters=[one_line])
    about_en = StringField(N_("In one line, in English"), filters=[one_line])
    slug = StringField(N_("Address"), filters=[one_line])
    parent = SelectField(N_("Within"), coerce=int)
    icon = StringField(N_("Icon"))
    direction = SelectField(N_("Of the direction"), coerce=int)
    readers = SelectMultipleField(N_("For clients of"), coerce=int, validate_choice=False)

    @property
    def values(self) -> dict[str, str]:
        names = ("name_ru", "name_en", "about_ru", "about_en", "slug", "icon")
        return {name: str(self[name].data or "") for name in names}

    @property
    def limits(self) -> Limits:
        return Limits(self.direction.data or None, frozenset(self.readers.data or ()))


@blueprint.get("/kb/sections")
def section_list() -> Response:
    access.demand(current_user, "articles.edit")
    editable = access.may(current_user, RIGHT)
    return page("agent/kb/sections.html", branches=sections.tree(), editable=editable)


@blueprint.get("/kb/sections/new")
def new_section() -> Response:
    access.demand(current_user, RIGHT)
    return _show(_form(None), None)


@blueprint.post("/kb/sections/new")
@once
def create_section() -> Response:
    access.demand(current_user, RIGHT)
    form = _form(None)
    if not form.validate():
        return _show(form, None, status=422)
    try:
        sections.create(form.values, form.parent.data or None, form.limits)
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.post("/kb/sections/move")
@once
def move_section() -> Response:
    access.demand(current_user, RIGHT)
    up = id_given(request.form.get("up"))
    row = sections.section_for(up or id_given(request.form.get("down")) or 0)
    sections.move(row, -1 if up else 1)
    return see_other(LIST)


@blueprint.get("/kb/sections/<int:number>")
def section(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = sections.section_for(number)
    return _show(_form(row), row)


@blueprint.post("/kb/sections/<int:number>")
@once
def change_section(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = sections.section_for(number)
    form = _form(row)
    if not form.validate():
        return _show(form, row, status=422)
    try:
        sections.change(row, form.values, form.parent.data or None, form.limits)
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.post("/kb/sections/<int:number>/remove")
@once
def remove_section(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = sections.section_for(number)
    try:
        sections.remove(row, id_given(request.form.get("into")))
    except Invalid as error:
        return _show(_form(row, fresh=True), row, status=422, problem=str(error))
    flash(_("The section was removed."))
    return see_other(LIST)


def _form(row: ArticleCategory | None, *, fresh: bool = False) -> SectionForm:
    names = ("name_ru", "name_en", "about_ru", "about_en", "slug", "icon")
    known = {name: getattr(row, name) if row else "" for name in names}
    known |= {"parent": (row.parent_id or 0) if row else 0, "icon": known["icon"] or "book-open"}
    known |= {
        "direction": (row.direction_id or 0) if row else 0,
        "readers": [one.id for one in row.readers] if row else [],
    }
    form = SectionForm(None if fresh else request.form or None, data=known)
    form.parent.choices = [(0, _("the first page")), *_others(row)]
    known_to = catalog()
    directions = [(one.id, one.name) for one in known_to.directions.values()]
    form.direction.choices = [(0, _("of all of them")), *directions]
    form.readers.choices = [(one.id, one.name) for one in known_to.categories.values()]
    return form


def _others(row: ArticleCategory | None) -> list[tuple[int, str]]:
    return [
        (one.section.id, f"{'– ' * one.depth}{one.section.name}")
        for one in sections.tree()
        if row is None or one.section.id != row.id
    ]


def _show(
    form: SectionForm, row: ArticleCategory | None, *, status: int = 200, problem: str = ""
) -> Response:
    return page(
        "agent/kb/section.html",
        status=status,
        form=form,
        row=row,
        others=_others(row),
        icons=sections.ICONS,
        problem=problem,
    )
