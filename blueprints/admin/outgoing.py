"""Outgoing mail: what left, what waits, what failed, and one more try."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, flash, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import me
from blueprints.once import once
from core.i18n import N_, _
from core.security import webhook_key
from core.web import page, see_other
from desk import access, outbox, outgoing
from desk.notices import held
from desk.outgoing import Wanted
from models import OutboxItem, Staff

LIST = "/admin/outgoing"
ANY_STATE = ""
HELD = "held"
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_CURSOR = re.compile(r"([0-9]{1,17})\.([0-9]{1,9})")


@blueprint.get("/outgoing")
def outgoing_mail() -> Response:
    access.demand(current_user, "outbox.read")
    if request.args.get("state") == HELD:
        return _held_mails()
    wanted = _wanted()
    mails, following = outgoing.page(_staff(), wanted, _number("before"))
    is_bare = not (_query() or wanted.state or "before" in request.args)
    return page(
        "admin/outgoing/list.html",
        mails=mails,
        following=following,
        state=wanted.state,
        waiting=held.count(_staff()) if is_bare else 0,
        told=outgoing.told,
        **_shown(),
    )


def _held_mails() -> Response:
    """To colleagues, not in the outbox yet."""
    wanted, after = _wanted(), _CURSOR.fullmatch(request.args.get("before", ""))
    last = (EPOCH + int(after[1]) * MICROSECOND, int(after[2])) if after else None
    words = wanted.recipient or wanted.words
    mails, following = held.page(_staff(), words, wanted.case_id, last)
    more = f"{(following[0] - EPOCH) // MICROSECOND}.{following[1]}" if following else None
    return page(
        "admin/outgoing/list.html", mails=mails, following=more, state=HELD, waiting=0, **_shown()
    )


def _shown() -> dict[str, Any]:
    """What is the same for both."""
    return {
        "query": _query(),
        "states": outgoing.STATES | {HELD: N_("held back until later")},
        "has_server": has_server(),
        "is_first_page": "before" not in request.args,
    }


@blueprint.get("/outbox")
def outbox_page() -> Response:
    """The address that bookmarks may have."""
    return see_other(LIST)


@blueprint.get("/outgoing/<int:number>")
def mail(number: int) -> Response:
    access.demand(current_user, "outbox.read")
    item = outgoing.one(_staff(), number)
    whole = not has_server() and access.may(current_user, "outbox.retry")
    return page(
        "admin/outgoing/mail.html",
        mail=item,
        told=outgoing.told(item),
        text=outgoing.text_of(item.payload, whole=whole),
        whole=whole,
        sender=outbox.sender_address(item) or current_app.config["LINIYA"].mail_from,
        may_retry=access.may(current_user, "outbox.retry"),
        key=_key(item),
    )


@blueprint.post("/outgoing/<int:number>/retry")
@once
def retry_mail(number: int) -> Response:
    access.demand(current_user, "outbox.retry")
    item = outgoing.one(_staff(), number, lock=True)
    outbox.retry(item)
    flash(_("It is tried once more now."))
    return see_other(f"{LIST}/{number}")


def _key(item: OutboxItem) -> str:
    """What calls of this program are signed with; empty for a mail."""
    host = urlsplit(item.recipient).hostname if item.channel == outbox.WEBHOOK else ""
    return webhook_key(host) if host else ""


def has_server() -> bool:
    return bool(current_app.config["LINIYA"].smtp_url)


def _staff() -> Staff:
    person = me()
    assert isinstance(person, Staff)  # noqa: S101 - the blueprint lets the staff in only
    return person


def _wanted() -> Wanted:
    """A number looks for a ticket, what is written like an address for one, the rest for words."""
    query, state = _query(), request.args.get("state", ANY_STATE)
    number = query.lstrip("#№ ")
    is_address = "@" in query or query.lower().startswith(("http://", "https://"))
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return Wanted(
        state=state if state in outgoing.STATES else ANY_STATE,
        recipient=query if is_address and not is_number else "",
        words="" if is_address or is_number else query,
        case_id=int(number) if is_number else None,
    )


def _query() -> str:
    return " ".join(request.args.get("q", "").replace("\0", "").split())[:320]


def _number(name: str) -> int | None:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
