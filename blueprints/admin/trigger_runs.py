"""What triggers did: all runs with filters, one run with what led to it and what it led to."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.trigger_pickers import RUN_STATES
from blueprints.admin.triggers import LIST, me
from blueprints.once import once
from core import i18n
from core.i18n import _
from core.web import id_given, page, see_other
from desk import access
from desk.automation import library, run_history
from desk.automation import runs as retrying
from desk.automation.definition import all_event_kinds
from desk.automation.marked import marked
from desk.automation.not_run import shown
from desk.automation.run_history import Wanted
from desk.automation.saw import what_it_saw
from desk.automation.sentences import condition, sentence_of

DAYS = (1, 7, 30, 90)


@blueprint.get("/triggers/runs")
def trigger_runs() -> Response:
    access.demand(current_user, "rules.read")
    wanted = _wanted()
    found, following = run_history.runs(wanted, before=id_given(request.args.get("before")))
    return page(
        "admin/triggers/runs.html",
        "found",
        found=found,
        following=following,
        wanted=wanted,
        is_first_page="before" not in request.args,
        rules=library.rules(),
        days=DAYS,
        query=_query(wanted),
        **_words(),
    )


@blueprint.get("/triggers/runs/<int:run_id>")
def trigger_run(run_id: int) -> Response:
    access.demand(current_user, "rules.read")
    run = retrying.run_for(run_id)
    again = retrying.retried(run)
    seen = run_history.seen(run)
    return page(
        "admin/triggers/run.html",
        seen=seen,
        saw=what_it_saw(run) if access.may(current_user, "case.read", seen.case) else None,
        said=condition,
        shown=shown,
        marked=marked,
        led_to=run_history.led_to(run),
        led_by=run_history.led_by(run),
        again=again,
        may_retry=_may_retry(run) and again is None,
        sentence=sentence_of(run.version.definition),
        editable=access.may(current_user, "rules.edit"),
        **_words(),
    )


@blueprint.post("/triggers/runs/<int:run_id>/retry")
@once
def retry_run(run_id: int) -> Response:
    access.demand(current_user, "rules.edit")
    again = retrying.retry(retrying.run_for(run_id), by=me())
    if again.state == "done":
        flash(_("Done once more, and it worked."))
    elif again.state == "skipped":
        flash(_("There was nothing left to do."))
    else:
        flash(_("It did not work this time either: %(why)s", why=i18n.again(again.error)), "error")
    return see_other(f"{LIST}/runs/{again.id}")


def _may_retry(run: Any) -> bool:
    return run.state == "failed" and bool(run.effects) and access.may(current_user, "rules.edit")


def _wanted() -> Wanted:
    state = request.args.get("state", "")
    days = id_given(request.args.get("days"))
    return Wanted(
        rule=_number(request.args.get("rule", "")),
        state=state if state in RUN_STATES else "",
        days=days if days in DAYS else None,
        case=_number(request.args.get("case", "").strip().lstrip("#№ ")),
    )


def _number(text: str) -> int | None:
    """None where nothing is asked for, 0 where that is no number."""
    return (id_given(text) or 0) if text else None


def _query(wanted: Wanted) -> dict[str, Any]:
    """The filters as an address keeps them."""
    kept = {"rule": wanted.rule, "state": wanted.state, "days": wanted.days, "case": wanted.case}
    return {name: value for name, value in kept.items() if value}


def _words() -> dict[str, Any]:
    return {"run_states": RUN_STATES, "event_kinds": all_event_kinds()}
