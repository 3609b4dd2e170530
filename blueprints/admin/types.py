"""Types of tickets: what they weigh and ask for, and who gets their tickets, all in one screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.admin.type_form import (
    TypeForm,
    chosen,
    levels,
    needs_told,
    skills_for,
    type_form,
)
from blueprints.once import once
from core.i18n import N_, _
from core.web import id_given, page, see_other
from desk import access
from desk.automation.beside import STATES
from desk.catalog import catalog
from desk.errors import Invalid, Stale
from desk.routing.staffing import staffing
from desk.team import type_triggers, types
from desk.team.type_said import TypeSaid
from desk.team.type_triggers import Binding, Bound, Wanted
from models import RuleState, TicketType

LIST = "/admin/types"
RIGHT = "settings.edit"
WHAT = {"line": N_("Line"), "group": N_("Group"), "person": N_("Person")}


@dataclass
class Row:
    """A type of the list; `bound` = what stands in the form, `problem` = why it was refused."""

    kind: TicketType
    binding: Binding
    bound: Bound
    problem: str = ""
    theirs: str = ""
    options: Mapping[str, list[tuple[int, str]]] = field(default_factory=dict)

    @property
    def needs(self) -> str:
        return needs_told(dict(staffing().needs.get(self.kind.id, {})))

    @property
    def is_off(self) -> bool:
        """Whether it has a trigger that does not run."""
        return self.binding.rule is not None and self.binding.rule.state != RuleState.ON


@blueprint.get("/types")
def ticket_types() -> Response:
    access.demand(current_user, "routing.read")
    return _list({})


@blueprint.post("/types")
@once
def bind_types() -> Response:
    access.demand(current_user, RIGHT)
    access.demand(current_user, "rules.edit")
    wanted = chosen(request.form)
    try:
        done = type_triggers.bind(wanted, by=me())
    except Invalid as error:
        return _list(wanted, status=422, problem=(id_given(error.field), str(error)))
    except Stale as error:
        return _list(wanted, status=409, stale=str(error))
    flash(_("Saved.") if done else _("Nothing was changed."))
    return see_other(LIST)


@blueprint.post("/types/move")
@once
def move_type() -> Response:
    access.demand(current_user, RIGHT)
    up = id_given(request.form.get("up"))
    row = types.type_for(up or id_given(request.form.get("down")) or 0, lock=True)
    types.move(row, -1 if up else 1, by=me())
    return see_other(LIST)


@blueprint.get("/types/new")
def new_type() -> Response:
    access.demand(current_user, RIGHT)
    return _show(type_form(None, TypeSaid()), None)


@blueprint.post("/types/new")
@once
def create_type() -> Response:
    access.demand(current_user, RIGHT)
    form = type_form(request.form, TypeSaid())
    if not form.validate():
        return _show(form, None, status=422)
    try:
        types.create(form.said, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(LIST)


@blueprint.get("/types/<int:number>")
def ticket_type(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = types.type_for(number)
    return _show(type_form(None, types.said_of(row)), row)


@blueprint.post("/types/<int:number>")
@once
def change_type(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = types.type_for(number, lock=True)
    was = types.said_of(row)
    form = type_form(request.form, was)
    if not form.validate():
        return _show(form, row, status=422)
    try:
        types.change(row, form.said, based_on=request.form.get("based_on", ""), by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    except Stale:
        return _show(form, row, status=409, theirs=type_form(None, was))
    flash(_("Saved."))
    return see_other(LIST)


def _list(
    wanted: Mapping[int, Wanted],
    *,
    status: int = 200,
    problem: tuple[int | None, str] = (None, ""),
    stale: str = "",
) -> Response:
    bindings = type_triggers.bindings()
    rows = [_row(kind, bindings[kind.id], wanted) for kind in catalog().types.values()]
    for row in rows:
        row.problem = problem[1] if row.kind.id == problem[0] else ""
    return page(
        "admin/types/list.html",
        status=status,
        rows=rows,
        stale=stale,
        what=WHAT,
        states=STATES,
        told=_told,
        editable=access.may(current_user, RIGHT) and access.may(current_user, "rules.edit"),
    )


def _row(kind: TicketType, binding: Binding, wanted: Mapping[int, Wanted]) -> Row:
    """What was not touched in the form shows what is saved now, whoever saved it."""
    said = wanted.get(kind.id)
    mine = said is not None and type_triggers.is_touched(kind.id, said)
    row = Row(kind, binding, said.bound if said and mine else binding.bound)
    if said and mine and said.edition != binding.edition:
        row.theirs = _told(binding.bound)
    row.options = {name: _options(name, getattr(row.bound, name)) for name in WHAT}
    return row


def _options(name: str, value: int | None) -> list[tuple[int, str]]:
    known = catalog()
    offered = {
        "line": [(n, known.name_of("line", n)) for n in known.lines if n],
        "group": [(n, row.name) for n, row in known.groups.items()],
        "person": [(n, row.name) for n, row in known.staff.items() if row.is_active],
    }[name]
    if value is not None and value not in dict(offered):
        offered.append((value, _("removed (%(id)s)", id=value)))
    return offered


def _told(bound: Bound) -> str:
    """In words."""
    values = [(name, getattr(bound, name)) for name in WHAT]
    told = [dict(_options(name, value))[value] for name, value in values if value is not None]
    if bound.dispatcher:
        told.append(_("the dispatcher chooses"))
    return ", ".join(told) or _("nothing")


def _show(form: TypeForm, row: TicketType | None, *, status: int = 200, **context: Any) -> Response:
    """After a conflict the form stands on their version: saving once more is a choice."""
    kept = request.form.get("based_on") if status != 409 else None
    return page(
        "admin/types/type.html",
        status=status,
        form=form,
        row=row,
        based_on=kept or (types.fingerprint(row) if row else ""),
        skills=skills_for(types.said_of(row) if row else TypeSaid()),
        levels=levels(),
        needs_told=needs_told,
        **context,
    )
