"""Calendars: working hours, holidays, special days, and what they come to."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from sqlalchemy import func, select

from blueprints.admin import calendar_days, calendar_import
from blueprints.admin.blueprint import blueprint
from blueprints.admin.calendar_days import Picked
from blueprints.admin.calendar_form import DAYS, CalendarForm, calendar_form
from blueprints.admin.triggers import me
from blueprints.admin.zones import named_zones
from blueprints.once import once
from core import clock
from core.db import db
from core.i18n import _, country_name, weekday_names
from core.web import id_given, page, see_other
from desk import access, calendar_preview, calendar_year, deadlines
from desk.business_time import WorkCalendar
from desk.calendar_year import shown_year
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.deadlines import late_now, removing
from desk.deadlines.calendar_edits import last_edit
from desk.errors import Invalid, NotFound, Stale
from models import Calendar, CounterPolicy, CounterPolicyVersion

LIST = "/admin/calendars"


@blueprint.get("/calendars")
def calendars() -> Response:
    access.demand(current_user, "counters.read")
    rows = list(catalog().calendars.values())
    return page(
        "admin/calendars/list.html",
        rows=[(row, work_calendar(row)) for row in rows],
        used=_used(),
        preview=calendar_preview,
        country_name=country_name,
        editable=access.may(current_user, "counters.edit"),
    )


def _used() -> dict[int, int]:
    """How many counters stand on each calendar."""
    query = (
        select(CounterPolicyVersion.calendar_id, func.count())
        .join(CounterPolicyVersion.policy)
        .where(CounterPolicyVersion.number == CounterPolicy.version_number)
        .group_by(CounterPolicyVersion.calendar_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


@blueprint.get("/calendars/new")
def new_calendar() -> Response:
    access.demand(current_user, "counters.edit")
    return _show(calendar_form(None), None)


@blueprint.post("/calendars/new")
@once
def create_calendar() -> Response:
    access.demand(current_user, "counters.edit")
    form = calendar_form(request.form)
    picked = calendar_days.take_pending(form)
    if not form.validate() or picked:
        return _show(form, None, status=422, picked=picked)
    if request.form.get("do") != "save":
        return _show(form, None)
    try:
        row = deadlines.new_calendar(by=me(), names=form.names, **form.hours)
    except Invalid as error:
        form.refuse(error)
        return _show(form, None, status=422)
    flash(_("Saved."))
    return see_other(f"{LIST}/{row.id}")


@blueprint.get("/calendars/<int:number>")
def calendar(number: int) -> Response:
    access.demand(current_user, "counters.read")
    row = _row(number)
    form = calendar_form(None, row)
    form.year = shown_year(request.args.get("year", type=int))
    return _show(form, row)


@blueprint.post("/calendars/draw")
def draw_calendar() -> Response:
    """The form once more: another year, a day chosen or changed; nothing is saved."""
    access.demand(current_user, "counters.edit")
    form = calendar_form(request.form)
    picked = calendar_days.press(form, request.form.get("do", ""))
    return _show(form, _drawn_row(), blocks=("days", "preview"), picked=picked)


draw_calendar.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


@blueprint.post("/calendars/import")
def import_into_calendar() -> Response:
    """The form with the days of a file put in, to be looked at; nothing is saved."""
    access.demand(current_user, "counters.edit")
    form = calendar_form(request.form)
    try:
        taken = calendar_import.take(form, request.files.get("ics"))
    except Invalid as error:
        return _show(form, _drawn_row(), status=422, import_problem=str(error))
    return _show(form, _drawn_row(), taken=taken)


import_into_calendar.only_reads = True  # type: ignore[attr-defined] # nothing is written


@blueprint.get("/calendars/draw")
@blueprint.get("/calendars/import")
def no_calendar_drawn() -> Response:
    """Reloading a form that was only drawn leads to the list; nothing of it was saved."""
    return see_other(LIST)


def _drawn_row() -> Calendar | None:
    number = id_given(request.form.get("calendar"))
    return _row(number) if number else None


@blueprint.post("/calendars/<int:number>")
@once
def change_calendar(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    row = _row(number, lock=True)
    if request.form.get("do") == "delete":
        return _delete(row)
    form = calendar_form(request.form)
    picked = calendar_days.take_pending(form)
    if not form.validate() or picked:
        return _show(form, row, status=422, picked=picked)
    if request.form.get("do") != "save":
        return _show(form, row)
    late = late_now.on_calendar(row.id)
    try:
        deadlines.expect_calendar(row, request.form.get("based_on", ""))
        deadlines.rename_calendar(row, form.names)
        is_counted_by = deadlines.change_calendar(row, by=me(), **form.hours)
    except Stale:
        edit = last_edit(row.id)
        by = edit.actor_id if edit else None
        return _show(form, row, status=409, theirs=calendar_form(None, row), theirs_by=by)
    except Invalid as error:
        form.refuse(error)
        return _show(form, row, status=422)
    more = late_now.told(late, late_now.on_calendar(row.id))
    anew = _("Saved. Counters that run on it are computed anew.")
    saved = anew if is_counted_by else _("Saved.")
    flash(f"{saved} {more}".rstrip(), "told")
    return see_other(f"{LIST}/{row.id}")


def _delete(row: Calendar) -> Response:
    try:
        removing.remove_calendar(row, by=me())
    except Invalid as error:
        flash(str(error), "error")
        return see_other(f"{LIST}/{row.id}")
    flash(_("Deleted."))
    return see_other(LIST)


def _row(number: int, *, lock: bool = False) -> Calendar:
    found = db.session.get(Calendar, number, with_for_update=lock) if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def _show(
    form: CalendarForm,
    row: Calendar | None,
    *,
    blocks: Sequence[str] = (),
    status: int = 200,
    picked: Picked | None = None,
    **context: Any,
) -> Response:
    """The editor; the preview follows what is written in it, saved or not."""
    drawn = _drawn(form)
    return page(
        "admin/calendars/editor.html",
        *blocks,
        status=status,
        form=form,
        row=row,
        based_on=_based_on(row, status),
        days=list(zip(DAYS, weekday_names(), strict=True)),
        short_days=weekday_names("abbreviated"),
        zones=named_zones(),
        drawn=drawn,
        ahead=calendar_preview.days(drawn) if drawn else [],
        preview=calendar_preview,
        months=list(calendar_year.months(drawn, form.year)) if drawn else [],
        legend=calendar_year.LEGEND,
        country_name=country_name,
        today=clock.today(drawn.zone) if drawn else None,
        editable=access.may(current_user, "counters.edit"),
        picked=picked,
        picked_day=calendar_year.day_of(drawn, picked.day) if drawn and picked else None,
        **context,
    )


def _based_on(row: Calendar | None, status: int) -> str:
    """After a conflict the form stands on their version: saving once more is a choice."""
    kept = request.form.get("based_on")
    if kept is not None and status != 409:
        return kept
    return deadlines.fingerprint(row) if row is not None else ""


def _drawn(form: CalendarForm) -> WorkCalendar | None:
    """None when what is written makes no calendar."""
    try:
        values = form.hours
        return WorkCalendar.from_row(
            values["zone"], values["week"], values["holidays"], values["exceptions"]
        )
    except (Invalid, ValueError):
        return None
