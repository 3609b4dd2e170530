"""/r/<token>: one request by its safe link, without signing in."""

from datetime import timedelta

from flask import Response, make_response, render_template

from blueprints.masking import masked
from blueprints.once import once
from blueprints.portal import request_page as pages
from blueprints.portal.blueprints import portal_blueprint as blueprint
from blueprints.portal.request_page import Door
from core import security
from core.db import db
from core.web import is_fragment_request, see_other
from desk import access, links, throttle
from desk.errors import NotFound
from models import Case

NEW_LINKS = throttle.Limit(times=3, within=timedelta(hours=1))


class Revoked(NotFound):
    """The link was ours once; `case` is the request that it led to."""

    def __init__(self, case: Case) -> None:
        super().__init__("")
        self.case = case


@blueprint.get("/r/<token>")
def request_page(token: str) -> Response:
    return pages.shown(_door(token))


@blueprint.post("/r/<token>/reply")
@once
def reply(token: str) -> Response:
    return pages.reply(_door(token, lock=True))


@blueprint.post("/r/<token>/solve")
@once
def solve(token: str) -> Response:
    door = _door(token, lock=True)
    if door.is_visitors:
        raise NotFound("")
    return pages.solve(door)


@blueprint.post("/r/<token>/rotate")
@once
def rotate(token: str) -> Response:
    door = _door(token, lock=True)
    if door.is_visitors:
        raise NotFound("")
    return see_other(f"/r/{links.replace_link(door.case)}")


@blueprint.get("/r/<token>/files/<int:number>")
def download(token: str, number: int) -> Response:
    return pages.download(_door(token), number)


@blueprint.post("/r/<token>/new-link")
@once
def new_link(token: str) -> Response:
    """To the address of whoever asked the question, never to whoever asks for the link."""
    case = _revoked(token)
    if case is None:
        raise NotFound("")
    throttle.take({f"new-link:{case.id}": NEW_LINKS})
    links.send_request_link(case)
    return see_other(f"/r/{token}?sent=1")


@blueprint.errorhandler(Revoked)
def revoked(error: Revoked) -> Response:
    """410 with a way to a new link; a live page is made to load it."""
    if is_fragment_request():
        response = make_response("", 204)
        response.headers["HX-Refresh"] = "true"
        return response
    address = masked(error.case.requester.email or "")
    return make_response(render_template("portal/revoked.html", address=address), 410)


def _door(token: str, *, lock: bool = False) -> Door:
    try:
        case = access.case_by_link(token, lock=lock)
    except NotFound:
        was = _revoked(token)
        if was is None:
            return _visitors_door(token, lock)
        pages.speak_with(was)
        raise Revoked(was) from None
    pages.speak_with(case)
    door = _by(token, case)
    pages.confirm(door)
    return door


def _visitors_door(token: str, lock: bool) -> Door:
    """That of the confirmation page, where nobody has shown whose address it is."""
    case = access.case_by_link(token, lock=lock, purpose="visitor")
    return _by(token, case, is_visitors=True)


def _by(token: str, case: Case, *, is_visitors: bool = False) -> Door:
    return Door(
        case,
        base=f"/r/{token}",
        files=f"/r/{token}/files",
        by_link=True,
        is_visitors=is_visitors,
    )


def _revoked(token: str) -> Case | None:
    value = security.unsign(token, "request")
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int):
        return db.session.get(Case, value[0])
    return None
