"""What the FAQ spares the lines behind it, on a page and as a file."""

from flask import Response, make_response, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint
from core import clock
from core.excel import EXCEL
from core.web import page
from desk import access, faq_numbers

USUAL = 30  # days
RIGHT = "articles.edit"


@blueprint.get("/kb/numbers")
def faq_numbers_page() -> Response:
    access.demand(current_user, RIGHT)
    found = faq_numbers.numbers(_days())
    return page("agent/kb/numbers.html", found=found, periods=faq_numbers.DAYS)


@blueprint.get("/kb/numbers.xlsx")
def faq_numbers_sheet() -> Response:
    access.demand(current_user, RIGHT)
    response = make_response(faq_numbers.sheet(faq_numbers.numbers(_days())))
    response.mimetype = EXCEL
    name = f"faq-{clock.now():%Y-%m-%d}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _days() -> int:
    days = request.args.get("days", USUAL, type=int)
    return days if days in faq_numbers.DAYS else USUAL
