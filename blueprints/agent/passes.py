"""Statistics of passings between lines and groups, on the page or as an Excel file."""

from datetime import date, timedelta
from typing import Any

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from core import clock
from core.excel import EXCEL
from core.i18n import _, zone
from core.web import id_given, page
from desk import access
from desk.catalog import catalog
from desk.counter_firings import whole_days
from desk.errors import Invalid
from desk.passes import passes
from desk.passes_report import report
from desk.passes_sheet import WAYS, sheets

USUAL = timedelta(days=30)
TEMPLATE = "agent/passes.html"


@blueprint.get("/passes")
def passes_page() -> Response:
    """Between two days, the last month unless said; with `as` = xlsx as a file."""
    access.demand(me(), "passes.read")
    today = clock.today(zone())
    usual = {"from": (today - USUAL).isoformat(), "to": today.isoformat()}
    given = {name: request.args.get(name, day) for name, day in usual.items()}
    try:
        first, last = (_day(name, text) for name, text in given.items())
        if request.args.get("as") == "xlsx":
            return _file(first, last)
        return page(TEMPLATE, given=given, problems={}, **_found(first, last))
    except Invalid as error:
        return page(TEMPLATE, status=422, given=given, problems={error.field: str(error)})


def _found(first: date, last: date) -> dict[str, Any]:
    during, before = whole_days(first, last), id_given(request.args.get("before"))
    listed, following = passes(me(), during, before=before)
    told = {"passes": listed, "following": following, "ways": WAYS, "words": catalog()}
    return {"report": report(me(), during), **told}


def _file(first: date, last: date) -> Response:
    response = Response(sheets(me(), first, last))
    response.headers["Content-Type"] = EXCEL
    file = f"passings-{first}-{last}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(_("Write a date."), name) from error
    if not 2000 <= day.year <= 2100:
        raise Invalid(_("Write a date."), name)
    return day
