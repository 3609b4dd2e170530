"""/me/requests: what I asked, for clients who have signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Response, request
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, and_, func, or_, tuple_

from blueprints.forms import one_line
from blueprints.once import once
from blueprints.portal import request_page as pages
from blueprints.portal.blueprints import mine_blueprint as blueprint
from blueprints.portal.request_page import Door
from core import clock
from core.db import db
from core.i18n import _
from core.web import page, see_other
from core.when import MINUTE, duration
from desk import access, links, promises, reopening
from desk.errors import NotFound
from desk.mails import STEP_OF, STEPS
from models import Attachment, Case, Message, StatusCategory

ON_A_PAGE = 20
MOST_WORDS = 8
FILTERS = {
    "you": (StatusCategory.PENDING,),
    "work": (StatusCategory.NEW, StatusCategory.OPEN),
    "solved": (StatusCategory.SOLVED, StatusCategory.CLOSED),
}


@blueprint.get("/me/requests")
def requests() -> Response:
    chosen = request.args.get("status", "")
    query = one_line(request.args.get("q"))[:200]
    cases = _page_of(_found(_own(), query), chosen)
    return page(
        "portal/requests.html",
        "list",
        cases=cases[:ON_A_PAGE],
        more=_cursor(cases[ON_A_PAGE - 1]) if len(cases) > ON_A_PAGE else "",
        counts=_counts(query),
        chosen=chosen if chosen in FILTERS else "",
        query=query,
        step_of=_steps(cases),
        step_names=[_(step) for step in STEPS],
        news={case.id: _news(case) for case in cases},
    )


@blueprint.get("/me/requests/<int:number>")
def request_page(number: int) -> Response:
    return pages.shown(_door(number))


@blueprint.post("/me/requests/<int:number>/reply")
@once
def reply(number: int) -> Response:
    return pages.reply(_door(number, "case.reply", lock=True))


@blueprint.post("/me/requests/<int:number>/solve")
@once
def solve(number: int) -> Response:
    return pages.solve(_door(number, "case.solve", lock=True))


@blueprint.post("/me/requests/<int:number>/rotate")
@once
def rotate(number: int) -> Response:
    door = _door(number, "case.reply", lock=True)
    links.replace_link(door.case)
    return see_other(door.base)


@blueprint.get("/me/files/<int:number>")
def download(number: int) -> Response:
    found = db.session.get(Attachment, number) if number < 2**31 else None
    message = db.session.get(Message, found.message_id) if found else None
    if message is None:
        raise NotFound(_("There is no such file."))
    return pages.download(_door(message.case_id), number)


def _door(number: int, verb: str = "case.read", *, lock: bool = False) -> Door:
    """Also for the staff only what they asked themselves: the rest is in the workspace."""
    case = access.case_for(current_user, number, verb, lock=lock)
    if case.requester_id != current_user.id:
        raise NotFound(_("There is no such request."))
    door = Door(case, base=f"/me/requests/{number}", files="/me/files", by_link=False)
    pages.confirm(door)
    return door


def _own() -> Select[Any]:
    return access.visible_cases(current_user).where(Case.requester_id == current_user.id)


def _found(cases: Select[Any], query: str) -> Select[Any]:
    """By number, or by words of the subject."""
    if not query:
        return cases
    number = query.lstrip("#№ ")
    by_words = and_(*(_has(word) for word in query.split()[:MOST_WORDS]))
    if number.isascii() and number.isdigit() and len(number) < 10:
        return cases.where(or_(Case.id == int(number), by_words))
    return cases.where(by_words)


def _has(word: str) -> ColumnElement[bool]:
    """Said in each case, as SQLite folds only Latin letters. Never the search index of agents:
    that knows the notes too."""
    spelt = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    return or_(*(Case.subject.contains(each, autoescape=True) for each in spelt))


def _page_of(cases: Select[Any], chosen: str) -> list[Case]:
    if chosen in FILTERS:
        cases = cases.where(Case.category.in_(FILTERS[chosen]))
    at, _sep, number = request.args.get("before", "").rpartition("~")
    cursor = _instant(at)
    if cursor is not None and number.isdigit():
        cases = cases.where(tuple_(Case.updated_at, Case.id) < (cursor, int(number)))
    ordered = cases.order_by(Case.updated_at.desc(), Case.id.desc()).limit(ON_A_PAGE + 1)
    return list(db.session.scalars(ordered))


def _cursor(last: Case) -> str:
    return f"{last.updated_at.isoformat()}~{last.id}"


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _counts(query: str) -> dict[str, int]:
    """How many requests each filter would show."""
    own = (
        _found(_own(), query).with_only_columns(Case.category, func.count()).group_by(Case.category)
    )
    by_category = {row[0]: row[1] for row in db.session.execute(own)}
    counts = {
        name: sum(by_category.get(category, 0) for category in categories)
        for name, categories in FILTERS.items()
    }
    return {"": sum(by_category.values()), **counts}


def _steps(cases: Sequence[Case]) -> dict[int, int]:
    """Where each stands; what was opened again waits to be taken, as when it came."""
    again = reopening.opened_again(cases)
    return {case.id: 0 if case.id in again else STEP_OF[case.category] for case in cases}


def _news(case: Case) -> str:
    """What the row says besides its status: when we answer, or how long it took."""
    if case.solved_at is not None:
        spent = (case.solved_at - case.created_at).total_seconds()
        if spent < MINUTE:
            return _("solved in less than a minute")
        return _("solved in %(time)s", time=duration(spent))
    promise = promises.answer_to(case)
    if promise is not None and promise > clock.now():
        return _("answer by %(when)s", when=promises.in_words(promise))
    return ""
