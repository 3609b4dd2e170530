"""Skills: the list with who has them and what asks for them, one of them, removing it."""

from flask import Response, flash, request
from flask_login import current_user
from wtforms import StringField

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.forms import Form, one_line
from blueprints.once import once
from core.i18n import N_, _
from core.web import id_given, page, see_other
from desk import access
from desk.errors import Invalid, Stale
from desk.team import skills
from models import Skill

LIST = "/admin/skills"
RIGHT = "staff.edit"


class SkillForm(Form):
    name_ru = StringField(N_("Name in Russian"), filters=[one_line])
    name_en = StringField(N_("Name in English"), filters=[one_line])

    @property
    def names(self) -> dict[str, str]:
        return {"name_ru": self.name_ru.data or "", "name_en": self.name_en.data or ""}


@blueprint.get("/skills")
def skill_list() -> Response:
    access.demand(current_user, "routing.read")
    return _list(SkillForm(None))


@blueprint.post("/skills")
@once
def create_skill() -> Response:
    access.demand(current_user, RIGHT)
    form = SkillForm(request.form)
    try:
        skills.create(form.names, by=me())
    except Invalid as error:
        form.refuse(error)
        return _list(form, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.post("/skills/move")
@once
def move_skill() -> Response:
    access.demand(current_user, RIGHT)
    up = id_given(request.form.get("up"))
    row = skills.skill_for(up or id_given(request.form.get("down")) or 0, lock=True)
    skills.move(row, -1 if up else 1, by=me())
    return see_other(LIST)


@blueprint.get("/skills/<int:number>")
def skill(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = skills.skill_for(number)
    return _show(SkillForm(None, obj=row), row)


@blueprint.post("/skills/<int:number>")
@once
def rename_skill(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = skills.skill_for(number, lock=True)
    form = SkillForm(request.form)
    seen = {name: request.form.get(f"was_{name}", "") for name in skills.NAMES}
    if seen != {name: getattr(row, name) for name in skills.NAMES}:
        return _show(form, row, status=409)
    try:
        skills.rename(row, form.names, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.post("/skills/<int:number>/remove")
@once
def remove_skill(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = skills.skill_for(number, lock=True)
    try:
        skills.remove(row, seen=request.form.get("seen", ""), by=me())
    except Stale as error:
        form = SkillForm(None, obj=row)
        return _show(form, row, status=409, changed=str(error))
    flash(_("The skill was removed."))
    return see_other(LIST)


def _list(form: SkillForm, *, status: int = 200) -> Response:
    return page(
        "admin/skills/list.html",
        status=status,
        form=form,
        rows=[(row, skills.users_of(row)) for row in skills.skills()],
        editable=access.may(current_user, RIGHT),
    )


def _show(form: SkillForm, row: Skill, *, status: int = 200, changed: str = "") -> Response:
    return page(
        "admin/skills/skill.html",
        status=status,
        form=form,
        row=row,
        users=skills.users_of(row),
        overtaken=status == 409 and not changed,
        changed=changed,
    )
