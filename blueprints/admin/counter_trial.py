"""A counter tried before it is saved: on one ticket, and over the past weeks."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from blueprints.admin import counter_editor
from blueprints.admin.blueprint import blueprint
from blueprints.admin.counter_form import Editor
from blueprints.admin.counters import LIST
from blueprints.admin.triggers import me
from blueprints.forms import one_line
from core.web import id_given, is_fragment_request, page, see_other
from desk import access, jobs
from desk.deadlines import anew, replay
from desk.deadlines.of_ticket import clock_of
from desk.deadlines.would import Outcome
from desk.errors import Invalid
from models import Job, JobState

REPLAYS = f"{LIST}/replays"
SHOWN = 50  # misses on a page


@blueprint.context_processor
def _progress() -> dict[str, Any]:
    """Asked by the pages that show it."""
    return {"clocks_left": anew.left}


@blueprint.get("/counters/anew")
def clocks_computed_anew() -> Response:
    access.demand(current_user, "counters.read")
    return page("admin/counters/anew.html", "piece")


@blueprint.post("/counters/clock")
def clock_of_ticket() -> Response:
    """The clock of a ticket under what the form says; nothing is saved."""
    access.demand(current_user, "counters.edit")
    editor, number = counter_editor.drawn(), one_line(request.form.get("ticket"))[:10]
    try:
        clock = clock_of(id_given(number.lstrip("№# ")), editor.draft, me())
    except Invalid as error:
        return _show(editor, "clock", clock_problem=str(error), ticket_number=number, status=422)
    return _show(editor, "clock", clock=clock, ticket_number=number)


@blueprint.post("/counters/late")
def late_under_draft() -> Response:
    """The last replay of this counter, and whether it was of the form as it is now."""
    access.demand(current_user, "counters.edit")
    return _show(counter_editor.drawn(), "late")


@blueprint.post("/counters/replays")
def start_counter_replay() -> Response:
    """Play what the form says; the same that waits or runs already is not begun twice."""
    access.demand(current_user, "counters.edit")
    editor = counter_editor.drawn()
    days = request.form.get("days", replay.USUAL, type=int)
    try:
        job = replay.ask(editor.draft, days=days, by=me())
    except Invalid as error:
        return _show(editor, "late", late_problem=str(error), status=422)
    if not is_fragment_request():
        return see_other(f"{REPLAYS}/{job.id}")
    return _show(editor, "late", job=job)


for view in (clock_of_ticket, late_under_draft):
    view.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


@blueprint.get("/counters/replays/<int:number>")
def counter_replay(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    return _show_job(jobs.job_for(number, replay.KIND))


@blueprint.post("/counters/replays/<int:number>/cancel")
def cancel_counter_replay(number: int) -> Response:
    access.demand(current_user, "counters.edit")
    job = jobs.job_for(number, replay.KIND, lock=True)
    jobs.cancel(job)
    return _show_job(job) if is_fragment_request() else see_other(f"{REPLAYS}/{number}")


def _show(
    editor: Editor, block: str, *, job: Job | None = None, status: int = 200, **more: Any
) -> Response:
    """A piece of the right-hand side; without JavaScript the whole editor, as it was written."""
    is_asked = block == "late" or not is_fragment_request()
    found = job or (replay.latest_of(editor.draft) if is_asked else None)
    return counter_editor.show(
        editor,
        block,
        status=status,
        **more,
        **_of(found),
        is_same=found is not None and found.arguments["draft"] == editor.draft,
        chosen_days=found.arguments["days"] if found else replay.USUAL,
    )


def _show_job(job: Job) -> Response:
    """The page, or the outcome alone; what stands beside the editor is then drawn anew once."""
    is_alone = not is_fragment_request()
    response = page("admin/counters/replay.html", "outcome", **_of(job), is_alone=is_alone)
    if job.is_over and is_fragment_request():
        response.headers["HX-Trigger-After-Swap"] = "replayed"
    return response


def _of(job: Job | None) -> dict[str, Any]:
    is_done = job is not None and job.state == JobState.DONE
    return {"job": job, "outcome": Outcome(job, me()) if job and is_done else None, "most": SHOWN}
