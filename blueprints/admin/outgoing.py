"""Outgoing mail: what left, what waits, what failed, and one more try."""

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
from desk.notices.held import Held, held
from desk.outgoing import Wanted
from models import OutboxItem, Staff

LIST = "/admin/outgoing"
ANY_STATE = ""
HELD = "held"  # not in the outbox yet


@blueprint.get("/outgoing")
def outgoing_mail() -> Response:
    access.demand(current_user, "outbox.read")
    wanted = _wanted()
    if request.args.get("state") == HELD:
        mails, following = [], None
    else:
        mails, following = outgoing.page(_staff(), wanted, _number("before"))
    return page(
        "admin/outgoing/list.html",
        mails=mails,
        following=following,
        wanted=wanted,
        query=_query(),
        state=HELD if request.args.get("state") == HELD else wanted.state,
        states=outgoing.STATES | {HELD: N_("held back until later")},
        held=_held(wanted),
        told=outgoing.told,
        has_server=has_server(),
        is_first_page="before" not in request.args,
    )


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


def _held(wanted: Wanted) -> list[Held]:
    """Asked for, or told of on top of all the rest."""
    state = request.args.get("state", ANY_STATE)
    is_bare = not _query() and not state and "before" not in request.args
    if state != HELD and not is_bare:
        return []
    return held(_staff(), wanted.recipient or wanted.words, wanted.case_id)


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
