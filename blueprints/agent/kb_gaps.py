"""What people need to know and no article tells: the work list of editors."""

from flask import Response, flash, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core.i18n import N_, _, format_number
from core.web import page, see_other
from desk import access, gaps, jobs
from desk.errors import Invalid
from models import GapKind, GapState

LIST = "/agent/kb/gaps"
RIGHT = "articles.edit"
SHELVES = {
    GapState.OPEN: N_("Open"),
    GapState.DONE: N_("Done"),
    GapState.DISMISSED: N_("Not needed"),
}
KINDS = {
    GapKind.SEARCH: N_("searched for in vain"),
    GapKind.TICKETS: N_("answered by hand again and again"),
    GapKind.ARTICLE: N_("read, and did not help"),
}


@blueprint.get("/kb/gaps")
def gap_list() -> Response:
    access.demand(current_user, RIGHT)
    counts = gaps.counted()
    wanted = request.args.get("shelf", "")
    shelf = GapState(wanted) if wanted in SHELVES else GapState.OPEN
    latest = next(iter(jobs.latest(gaps.KIND, 1)), None)
    return page(
        "agent/kb/gaps.html",
        "found",
        shelf=shelf,
        shelves=[
            (key, f"{_(name)} {format_number(counts[key])}", f"{LIST}?shelf={key}")
            for key, name in SHELVES.items()
        ],
        rows=gaps.shelf(shelf),
        kinds={key: _(name) for key, name in KINDS.items()},
        job=latest if latest and not latest.is_over else None,
    )


@blueprint.post("/kb/gaps/find")
@once
def find_gaps() -> Response:
    """Look anew, in the background; the same that waits already is not begun twice."""
    access.demand(current_user, RIGHT)
    gaps.find_again(by=me())
    return see_other(LIST)


@blueprint.post("/kb/gaps/<int:number>")
@once
def decide_gap(number: int) -> Response:
    access.demand(current_user, RIGHT)
    gap = gaps.gap_for(number)
    wanted = request.form.get("state", "")
    if wanted == "meant":
        learned = gaps.mean(gap, by=me())
        flash(_("The article has learned %(n)s wordings.", n=learned))
    elif wanted in SHELVES:
        gaps.decide(gap, GapState(wanted), by=me())
    else:
        raise Invalid(_("There is no such state."))
    shelf = request.form.get("shelf", "")
    return see_other(f"{LIST}?shelf={shelf}" if shelf in SHELVES else LIST)
