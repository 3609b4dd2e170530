"""Schedules: the list with who works by them, one of them, what it comes to, deleting it."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.group_form import in_words
from blueprints.admin.schedule_form import ScheduleForm, schedule_form
from blueprints.admin.triggers import me
from blueprints.admin.zones import named_zones
from blueprints.once import once
from core.i18n import _, weekday_names
from core.web import id_given, page, see_other
from desk import access
from desk.catalog import catalog
from desk.errors import Invalid, Stale
from desk.routing.staffing import staffing
from desk.team import schedule_said, schedules
from desk.team.schedule_said import PRESETS, ScheduleSaid
from models import Schedule

LIST = "/admin/schedules"
RIGHT = "staff.edit"


@blueprint.get("/schedules")
def schedule_list() -> Response:
    access.demand(current_user, "routing.read")
    rows = staffing().schedules.values()
    return page(
        "admin/schedules/list.html",
        rows=[(row, schedules.people_of(row), schedule_said.never_opens(row)) for row in rows],
        days_of=lambda row: schedules.said_of(row).days,
        words=catalog(),
        presets=PRESETS,
        editable=access.may(current_user, RIGHT),
    )


@blueprint.get("/schedules/new")
def new_schedule() -> Response:
    access.demand(current_user, RIGHT)
    said = schedule_said.of_preset(request.args.get("preset", ""))
    return _show(schedule_form(None, said), None)


@blueprint.post("/schedules/new")
@once
def create_schedule() -> Response:
    access.demand(current_user, RIGHT)
    form = schedule_form(request.form, ScheduleSaid())
    try:
        said = form.said
        if request.form.get("do") == "preview":
            schedule_said.check_hours(said)
            return _show(form, None)
        row = schedules.create(said, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(f"{LIST}/{row.id}")


@blueprint.get("/schedules/<int:number>")
def schedule(number: int) -> Response:
    access.demand(current_user, "routing.read")
    row = schedules.schedule_for(number)
    return _show(schedule_form(None, schedules.said_of(row)), row)


@blueprint.post("/schedules/<int:number>")
@once
def change_schedule(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = schedules.schedule_for(number, lock=True)
    was = schedules.said_of(row)
    form = schedule_form(request.form, was)
    try:
        said = form.said
        if request.form.get("do") == "preview":
            schedule_said.check_hours(said)
            return _show(form, row)
        schedules.change(row, said, based_on=request.form.get("based_on", ""), by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    except Stale:
        return _show(form, row, status=409, theirs=schedule_form(None, was))
    flash(_("Saved."))
    return see_other(f"{LIST}/{number}")


@blueprint.post("/schedules/<int:number>/delete")
@once
def delete_schedule(number: int) -> Response:
    access.demand(current_user, RIGHT)
    row = schedules.schedule_for(number, lock=True)
    given = request.form.get("to", "")
    seen = [id_given(each) or 0 for each in request.form.getlist("seen")]
    try:
        if not given and seen:
            raise Invalid(_("Say where its people go."), "to")
        to = None if given in ("", "none") else id_given(given) or 0
        schedules.delete(row, to=to, seen=seen, by=me())
    except (Invalid, Stale) as error:
        form = schedule_form(None, schedules.said_of(row))
        status = 409 if isinstance(error, Stale) else 422
        return _show(form, row, status=status, kept_because=str(error))
    flash(_("The schedule was deleted."))
    return see_other(LIST)


def _show(
    form: ScheduleForm, row: Schedule | None, *, status: int = 200, **context: Any
) -> Response:
    """After a conflict the form stands on their version: saving once more is a choice."""
    kept = request.form.get("based_on") if status != 409 else None
    drawn = _drawn(form)
    return page(
        "admin/schedules/schedule.html",
        status=status,
        form=form,
        row=row,
        based_on=kept or (schedules.fingerprint(row) if row else ""),
        people=schedules.people_of(row) if row else [],
        others=[each for each in staffing().schedules.values() if row is None or each.id != row.id],
        ahead=schedule_said.ahead(drawn) if drawn else [],
        never=drawn is not None and schedule_said.never_opens(drawn),
        short_days=weekday_names("abbreviated"),
        zones=named_zones(),
        presets=PRESETS,
        in_words=in_words,
        editable=access.may(current_user, RIGHT),
        **context,
    )


def _drawn(form: ScheduleForm) -> Schedule | None:
    """What stands in the form as a schedule; nothing while it can't be one."""
    try:
        said = form.said
        schedule_said.check_hours(said)
    except Invalid:
        return None
    row = Schedule()
    schedule_said.put(row, said)
    return row
