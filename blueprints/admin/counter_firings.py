"""All firings of all counters between two dates, on the page or as an Excel or CSV file."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import Response, request, stream_with_context
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from core import bus, clock
from core.csv_text import CSV, csv_parts
from core.excel import EXCEL, workbook
from core.i18n import _, format_number, zone
from core.web import id_given, page
from desk import access, counters_report
from desk.counter_firings import firings, whole_days
from desk.counters_sheet import EXPORTED, all_firings
from desk.errors import Invalid
from models import Staff

USUAL = timedelta(days=30)
EXCEL_FILE, CSV_FILE = "xlsx", "csv"
FORMATS = {EXCEL_FILE: EXCEL, CSV_FILE: CSV}


@blueprint.get("/counters/firings")
def firings_of_all() -> Response:
    """Between two days, the last month unless said; with `as` = xlsx or csv as a file."""
    access.demand(current_user, "counters.read")
    person, today = me(), clock.today(zone())
    assert isinstance(person, Staff)  # noqa: S101 - the blueprint lets the staff in only
    usual = {"from": (today - USUAL).isoformat(), "to": today.isoformat()}
    given = {name: request.args.get(name, day) for name, day in usual.items()}
    most = format_number(EXPORTED)
    try:
        first, last = (_day(name, text) for name, text in given.items())
        if request.args.get("as") in FORMATS:
            return _file(person, first, last, request.args["as"])
        told = _found(person, first, last)
        return page("admin/counters/firings.html", given=given, problems={}, most=most, **told)
    except Invalid as error:
        problems = {error.field: str(error)}
        told = {"given": given, "problems": problems, "most": most}
        return page("admin/counters/firings.html", status=422, **told)


def _found(who: Staff, first: date, last: date) -> dict[str, Any]:
    before = id_given(request.args.get("before"))
    found, following = firings(who, before=before, during=whole_days(first, last))
    names = {policy.id: policy.name for policy, _version in counters_report.policies()}
    return {"firings": found, "following": following, "names": names}


def _file(who: Staff, first: date, last: date, name: str) -> Response:
    sheet = all_firings(who, first, last)
    response = Response(workbook(sheet) if name == EXCEL_FILE else _streamed(csv_parts(sheet)))
    response.headers["Content-Type"] = FORMATS[name]
    file = f"firings-{first}-{last}.{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


@stream_with_context
def _streamed(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Each read in a unit of its own: that of the request is over when they leave."""
    while True:
        with bus.unit_of_work(writes=False):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(_("Write a date."), name) from error
    if not 2000 <= day.year <= 2100:
        raise Invalid(_("Write a date."), name)
    return day
