"""What a colleague was told: the bell, the page behind it, what the desktop shows."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify, make_response, render_template, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.rail import bounded_bell
from blueprints.once import once
from core import clock, web
from core.web import id_given, is_fragment_request, see_other
from desk.notices import inbox, mentions
from desk.notices.occasions import OCCASIONS
from models import Notice

PAGE = "/agent/notices"


@blueprint.get("/notices")
def notices() -> Response:
    only_unread = request.args.get("show") == "unread"
    before = id_given(request.args.get("before"))
    found = inbox.page(me(), only_unread=only_unread, before=before)
    shown = found[: inbox.PAGE]
    return web.page(
        "agent/notices.html",
        "told",
        notices=shown,
        occasions=OCCASIONS,
        only_unread=only_unread,
        before=before,
        following=shown[-1].id if len(found) > inbox.PAGE else None,
    )


@blueprint.get("/notices/bell")
def bell() -> Response:
    """The bell alone, for live pages."""
    if not is_fragment_request():
        return see_other(PAGE)
    unread = bounded_bell(inbox.unread(me()))
    place = "bar" if request.args.get("at") == "bar" else "rail"
    return make_response(render_template("layouts/_bell.html", unread=unread, place=place))


@blueprint.get("/notices/desktop")
def notices_for_desktop() -> Response:
    """What the browser may show outside of the page since `after`, and when to ask again."""
    after, now = _instant(request.args.get("after", "")), clock.now()
    found = inbox.for_desktop(me(), after) if after else []
    following = inbox.next_for_desktop(me())
    return jsonify(
        now=now.isoformat(),
        wait_ms=int((following - now).total_seconds() * 1000) if following else None,
        notices=[_plain(each) for each in found],
    )


@blueprint.get("/colleagues")
def colleagues() -> Response:
    """Names that begin so, for @ in a note."""
    found = mentions.fitting(request.args.get("q", "")[:60], besides=me().id)
    return jsonify([{"name": one.name, "title": one.title} for one in found])


@blueprint.post("/notices/read")
@once
def read_all_notices() -> Response:
    inbox.mark_all(me())
    return see_other(PAGE)


@blueprint.post("/notices/<int:number>/read")
@once
def read_notice(number: int) -> Response:
    inbox.mark(me(), number, read=request.form.get("read") != "no")
    return see_other(web.safe_next(request.form.get("next"), PAGE))


@blueprint.post("/notices/seen")
def see_notices() -> Response:
    """The ticket is before the reader's eyes."""
    number = id_given(request.form.get("case"))
    seen = inbox.mark_of_case(me(), number) if number else 0
    return jsonify(seen=seen)


def _plain(notice: Notice) -> dict[str, Any]:
    occasion, number = OCCASIONS[notice.occasion], notice.case_id
    subject = notice.case.subject if notice.case else occasion.detail(notice.data)
    return {
        "id": notice.id,
        "title": occasion.sentence(number, notice.data),
        "body": subject,
        "url": occasion.path(number, notice.data),
    }


def _instant(given: str) -> datetime | None:
    """None for what is no aware moment: then nothing is old enough to be shown."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return None
    return found if found.tzinfo else None
