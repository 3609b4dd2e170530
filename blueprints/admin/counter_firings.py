"""All firings of all counters between two dates, as an Excel or CSV file."""

from datetime import date, timedelta

from flask import Response, make_response, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from core import clock
from core.csv_text import CSV, csv_text
from core.excel import EXCEL, workbook
from core.i18n import _, zone
from core.web import page
from desk import access
from desk.counters_sheet import all_firings
from desk.errors import Invalid
from models import Staff

USUAL = timedelta(days=30)
FORMATS = {"xlsx": (EXCEL, workbook), "csv": (CSV, csv_text)}


@blueprint.get("/counters/firings")
def counter_firings() -> Response:
    """The dates to choose, or what was chosen as a file."""
    access.demand(current_user, "counters.read")
    if request.args.get("as") not in FORMATS:
        return _asked({})
    person = me()
    assert isinstance(person, Staff)  # noqa: S101 - the blueprint lets the staff in only
    try:
        return _file(person, request.args["as"])
    except Invalid as error:
        return _asked({error.field: str(error)}, status=422)


def _file(who: Staff, name: str) -> Response:
    first, last = _day("from"), _day("to")
    mime, drawn = FORMATS[name]
    response = make_response(drawn(all_firings(who, first, last)))
    response.headers["Content-Type"] = mime
    file = f"firings-{first}-{last}.{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _day(name: str) -> date:
    try:
        day = date.fromisoformat(request.args.get(name, "").strip())
    except ValueError as error:
        raise Invalid(_("Write a date."), name) from error
    if not 2000 <= day.year <= 2100:
        raise Invalid(_("Write a date."), name)
    return day


def _asked(problems: dict[str, str], status: int = 200) -> Response:
    today = clock.today(zone())
    given = {
        "from": request.args.get("from", (today - USUAL).isoformat()),
        "to": request.args.get("to", today.isoformat()),
    }
    return page("admin/counters/firings.html", status=status, given=given, problems=problems)
