"""What waits and why, moving it by hand, and trying who would get a ticket."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, flash, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.fields import SET
from blueprints.agent.ticket import for_work
from blueprints.once import once
from core import clock
from core.i18n import _, zone
from core.web import id_given, page, see_other
from desk import access
from desk.catalog import catalog
from desk.errors import Invalid, Stale
from desk.routing import handing, queue_board, trial
from desk.routing.explained import Told
from desk.routing.wanted import hand_out_later

MOVES = ("assignee", "group")
MOMENT = "%Y-%m-%dT%H:%M"


@blueprint.get("/queue")
def queue() -> Response:
    group = id_given(request.args.get("group"))
    found = queue_board.board(me(), group)
    return page(
        "agent/queue/board.html",
        "queue",
        found=found,
        group=group,
        whole=sum(queue_board.counted().values()),
        modes=handing.modes(),
        now=clock.now(),
        words=catalog(),
    )


@blueprint.post("/queue/<int:number>/move")
@once
def move(number: int) -> Response:
    """To a person or to another group; somebody may have been quicker."""
    access.demand(me(), "team.edit")
    case = for_work(number)
    named = [name for name in MOVES if name in request.form]
    if len(named) != 1:
        raise Invalid(_("Choose one from the list."))
    if case.assignee_id is not None:
        who = catalog().name_of("assignee", case.assignee_id)
        raise Stale(_("%(name)s has it already.", name=who))
    SET[named[0]](case, request.form[named[0]])
    flash(_("No. %(number)s was moved.", number=number))
    return see_other(_back())


@blueprint.post("/queue/hand-out")
@once
def hand_out() -> Response:
    """Everything that can be given now; what could be was given already, as a rule."""
    access.demand(me(), "team.edit")
    hand_out_later()
    flash(_("What can be given is being given."))
    return see_other(_back())


def _back() -> str:
    group = id_given(request.form.get("in"))
    return f"/agent/queue?group={group}" if group else "/agent/queue"


@blueprint.get("/queue/try")
def try_out() -> Response:
    """Nothing is written: the answer is part of the page."""
    asked = request.args
    usual = clock.now().astimezone(ZoneInfo(zone())).strftime(MOMENT)
    told, problems = None, {}
    try:
        told = _tried() if asked.get("at") else None
    except Invalid as error:
        problems = {error.field or "at": str(error)}
    return page(
        "agent/queue/try.html",
        "outcome",
        status=422 if problems else 200,
        told=told,
        problems=problems,
        asked=asked,
        at=asked.get("at", usual),
        words=catalog(),
    )


def _tried() -> Told:
    at = _moment(request.args["at"])
    as_present = not request.args.get("presence")
    if request.args.get("number", "").strip():
        return _of_ticket(request.args["number"].strip().removeprefix("№").strip(), at, as_present)
    group = id_given(request.args.get("group"))
    if group not in catalog().groups:
        raise Invalid(_("Write a number, or choose a group."), "number")
    told = {name: id_given(request.args.get(name)) for name in ("type", "direction")}
    return trial.of_words(
        group,
        at,
        type_id=told["type"],
        direction=told["direction"],
        language=request.args.get("language", ""),
    )


def _of_ticket(number: str, at: datetime, as_present: bool) -> Told:
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Invalid(_("A ticket's number is made of digits."), "number")
    case = access.case_for(me(), int(number))
    told = trial.of_case(case, at, as_present=as_present)
    if told is None:
        raise Invalid(_("This ticket is in no group: nobody gets it."), "number")
    return told


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=ZoneInfo(zone()))
    except ValueError:
        raise Invalid(_("Write a day and an hour."), "at") from None
