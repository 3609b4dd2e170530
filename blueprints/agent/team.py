"""Who is here and how loaded; heads change limits and presence in place."""

from flask import Response, flash, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core import clock
from core.i18n import _
from core.web import id_given, page, see_other
from desk import access
from desk.catalog import catalog
from desk.dispatcher import Channel
from desk.errors import Invalid
from desk.preferences import PRESENCES
from desk.routing import queue_board, team_board, team_edits


@blueprint.get("/team")
def team() -> Response:
    return _page()


def _page(status: int = 200, problem: tuple[int, str] | None = None) -> Response:
    group = id_given(request.args.get("group"))
    lines = team_board.board(group)
    queued = queue_board.board(me(), group)
    rows = [row for line in lines for row in line.rows]
    return page(
        "agent/team/board.html",
        "team",
        status=status,
        problem=problem,
        lines=lines,
        queued=queued,
        group=group,
        taken=sum(line.taken for line in lines),
        slots=sum(line.slots for line in lines),
        here=sum(row.agent.presence == "available" for row in rows),
        everybody=len(rows),
        waiting=sum(each.count for each in queued),
        oldest=max((one.waits for each in queued for one in each.entries), default=None),
        presences=PRESENCES,
        may_edit=access.may(me(), "team.edit"),
        words=catalog(),
        now=clock.now(),
    )


@blueprint.post("/team/<int:number>/limits")
@once
def limits(number: int) -> Response:
    access.demand(me(), "team.edit")
    person = team_edits.colleague(number)
    try:
        for channel in Channel:
            if channel in request.form:
                team_edits.set_limit(person, channel, _slots(request.form[channel]), by=me())
    except Invalid as error:
        return _page(422, (number, str(error)))
    flash(_("The limits of %(name)s were changed.", name=person.name))
    return see_other(_back())


@blueprint.post("/team/<int:number>/presence")
@once
def presence_of(number: int) -> Response:
    access.demand(me(), "team.edit")
    person = team_edits.colleague(number)
    team_edits.set_presence(person, request.form.get("presence", ""), by=me())
    flash(_("%(name)s: presence was changed.", name=person.name))
    return see_other(_back())


def _slots(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Invalid(_("A limit is a number; leave it empty for that of the group."))
    return int(text)


def _back() -> str:
    group = id_given(request.form.get("in"))
    return f"/agent/team?group={group}" if group else "/agent/team"
