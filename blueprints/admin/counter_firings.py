"""All firings of all counters between two dates, on the page or as an Excel or CSV file."""

from datetime import date, timedelta

from flask import Response, make_response, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from core import clock
from core.csv_text import CSV, csv_text
from core.excel import EXCEL, workbook
from core.i18n import _, zone
from core.web import id_given, page
from desk import access, counters_report
from desk.counter_firings import firings, whole_days
from desk.counters_sheet import all_firings
from desk.errors import Invalid
from models import Staff

USUAL = timedelta(days=30)
FORMATS = {"xlsx": (EXCEL, workbook), "csv": (CSV, csv_text)}


@blueprint.get("/counters/firings")
def firings_of_all() -> Response:
    """Between two days, the last month unless said; with `as` = xlsx or csv as a file."""
    access.demand(current_user, "counters.read")
    person, today = me(), clock.today(zone())
    assert isinstance(person, Staff)  # noqa: S101 - the blueprint lets the staff in only
    usual = {"from": (today - USUAL).isoformat(), "to": today.isoformat()}
    given = {name: request.args.get(name, day) for name, day in usual.items()}
    try:
        first, last = (_day(name, text) for name, text in given.items())
        if request.args.get("as") in FORMATS:
            return _file(person, first, last, request.args["as"])
        return _shown(person, first, last, given)
    except Invalid as error:
        problems = {error.field: str(error)}
        return page("admin/counters/firings.html", status=422, given=given, problems=problems)


def _shown(who: Staff, first: date, last: date, given: dict[str, str]) -> Response:
    before = id_given(request.args.get("before"))
    found, following = firings(who, before=before, during=whole_days(first, last))
    names = {policy.id: policy.name for policy, _version in counters_report.policies()}
    told = {"firings": found, "following": following, "names": names}
    return page("admin/counters/firings.html", given=given, problems={}, **told)


def _file(who: Staff, first: date, last: date, name: str) -> Response:
    mime, drawn = FORMATS[name]
    response = make_response(drawn(all_firings(who, first, last)))
    response.headers["Content-Type"] = mime
    file = f"firings-{first}-{last}.{name}"
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
