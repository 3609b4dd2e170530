"""Triggers played over the past: asked for, watched, cancelled, read, taken along as a file."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, request
from flask_login import current_user

from blueprints.admin import trigger_form
from blueprints.admin.blueprint import blueprint
from blueprints.admin.trigger_form import Editor
from blueprints.admin.triggers import me
from blueprints.once import once
from core.excel import EXCEL
from core.i18n import _, zone
from core.web import is_fragment_request, page, see_other
from desk import access, jobs
from desk.automation import library
from desk.automation.definition import problems_in
from desk.automation.replay import asked
from desk.automation.replay.outcome import Outcome
from desk.automation.replay.sheet import sheet
from desk.errors import Invalid
from models import Job, JobState

LIST = "/admin/triggers/replays"
PAGE = "admin/replay/page.html"
USUAL = 30  # days
SHOWN = 50  # tickets on the page; the file has them all


@blueprint.post("/triggers/replay")
def replay_trigger() -> Response:
    """The replay of the form as it is now, or what there is to start one with."""
    access.demand(current_user, "rules.edit")
    return _beside(_editor())


replay_trigger.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


@blueprint.post("/triggers/replays")
def start_replay() -> Response:
    """Play what the form says; the same that waits or runs already is not begun twice."""
    access.demand(current_user, "rules.edit")
    editor = _editor()
    days = request.form.get("days", USUAL, type=int)
    try:
        job = asked.ask(
            editor.definition,
            rule_id=editor.rule.id if editor.rule else None,
            name=_name(editor),
            days=days,
            zone=zone(),
            by=me(),
        )
    except Invalid as error:
        return _beside(editor, problem=str(error), status=422)
    if not is_fragment_request():
        return see_other(f"{LIST}/{job.id}")
    return _beside(editor, job=job)


@blueprint.post("/triggers/replays/all")
@once
def start_replay_of_all() -> Response:
    """The rules as they are."""
    access.demand(current_user, "rules.edit")
    days = request.form.get("days", USUAL, type=int)
    job = asked.ask(None, rule_id=None, name="", days=days, zone=zone(), by=me())
    return see_other(f"{LIST}/{job.id}")


@blueprint.get("/triggers/replays")
def replays() -> Response:
    access.demand(current_user, "rules.edit")
    return page(
        "admin/replay/list.html", found=jobs.latest(asked.KIND), chosen_days=USUAL, **_known()
    )


@blueprint.get("/triggers/replays/<int:number>")
def replay(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    return _show(jobs.job_for(number, asked.KIND))


@blueprint.post("/triggers/replays/<int:number>/cancel")
def cancel_replay(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    job = jobs.job_for(number, asked.KIND, lock=True)
    jobs.cancel(job)
    return _show(job) if is_fragment_request() else see_other(f"{LIST}/{number}")


@blueprint.get("/triggers/replays/<int:number>.xlsx")
def replay_sheet(number: int) -> Response:
    access.demand(current_user, "rules.edit")
    job = jobs.job_for(number, asked.KIND)
    if job.state != JobState.DONE:
        raise Invalid(_("It is not done yet."))
    response = make_response(sheet(Outcome(job, me())))
    response.headers["Content-Type"] = EXCEL
    response.headers["Content-Disposition"] = f'attachment; filename="replay-{number}.xlsx"'
    return response


def _editor() -> Editor:
    number = request.form.get("rule", type=int)
    return trigger_form.from_form(library.rule_for(number) if number else None)


def _name(editor: Editor) -> str:
    return editor.name_ru or editor.name_en or (editor.rule.name if editor.rule else "")


def _beside(
    editor: Editor, *, job: Job | None = None, problem: str = "", status: int = 200
) -> Response:
    """The piece on the right-hand side of the editor."""
    number = editor.rule.id if editor.rule else None
    found = job or asked.latest_of(number, editor.definition)
    return page(
        "admin/replay/beside.html",
        "piece",
        status=status,
        **_of(found),
        chosen_days=request.form.get("days", found.arguments["days"] if found else USUAL, int),
        rule=editor.rule,
        is_sound=not problems_in(editor.definition),
        is_same=found is not None and found.arguments["definition"] == editor.definition,
        problem=problem,
    )


def _show(job: Job) -> Response:
    """The page, or the outcome alone; what stands beside the editor is then drawn anew once."""
    response = page(PAGE, "outcome", **_of(job), is_alone=not is_fragment_request())
    if job.is_over and is_fragment_request():
        response.headers["HX-Trigger-After-Swap"] = "replayed"
    return response


def _of(job: Job | None) -> Mapping[str, Any]:
    is_done = job is not None and job.state == JobState.DONE
    return {"job": job, "outcome": Outcome(job, me()) if job and is_done else None, **_known()}


def _known() -> dict[str, Any]:
    return {"days": asked.DAYS, "most": SHOWN, "base": LIST}
