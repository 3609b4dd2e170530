"""The page of one request and what its client can do there; reached by a safe link or signed in."""

from dataclasses import dataclass

from flask import Response, make_response, request
from sqlalchemy import func, select

from blueprints import uploads
from blueprints.once import FIELD
from blueprints.portal.conversation import conversation, messages_for, stamp
from core import bus
from core.db import db
from core.i18n import _, locale, set_locale
from core.web import is_fragment_request, page, see_other
from desk import access, confirming, inbox, tickets
from desk.catalog import catalog
from desk.errors import Forbidden, Invalid, NotFound
from desk.inbox import Arrival
from desk.tickets import NewTicket
from models import Attachment, Case, Message, Participant


@dataclass(frozen=True)
class Door:
    """How the client came to the request: `base` is the address that its forms hang on."""

    case: Case
    base: str
    files: str
    by_link: bool
    is_visitors: bool = False  # of somebody who did not show whose address it is

    @property
    def is_closed(self) -> bool:
        """A visitor's, since the client came in by another."""
        return self.is_visitors and not self.case.is_unconfirmed

    @property
    def client(self) -> Participant:
        return self.case.requester


def shown(
    door: Door, *, status: int = 200, error: Invalid | None = None, text: str = ""
) -> Response:
    """The page; for a live one that has seen it all, 204 before anything is read."""
    seen = stamp(door.case)
    if is_fragment_request() and request.method == "GET" and request.args.get("seen") == seen:
        return make_response("", 204)
    return page(
        "portal/request.html",
        "thread",
        "progress",
        "reply_label",
        "side",
        status=status,
        door=door,
        case=door.case,
        talk=conversation(door.case, is_visitors=door.is_visitors),
        seen=seen,
        error=error,
        again=uploads.names_received() if error else [],
        text=text,
        fields=[] if door.is_visitors else _own_fields(door.case),
        direction=_direction(door.case),
    )


def speak_with(case: Case) -> None:
    """By a link we know whose page it is, so it speaks that person's language."""
    set_locale(case.locale or locale(), case.requester.zone)


def reply(door: Door) -> Response:
    """The client writes on; desk.reopening sees that the request is with us again."""
    text = request.form.get("text", "")
    if door.is_closed:
        raise Forbidden(
            _("The client has opened this request: go on from our letter, or signed in.")
        )
    try:
        new = NewTicket(subject=door.case.subject, text=text, locale=door.case.locale)
        arrival = Arrival(
            channel="portal", outside_id=request.form[FIELD], new=new, uploads=uploads.received()
        )
        inbox.accept(arrival, sender=door.client, case=door.case)
    except Invalid as error:
        return shown(door, status=422, error=error, text=text)
    return see_other(f"{door.base}#m{_newest(door.case)}")


def _newest(case: Case) -> int:
    query = access.public_messages(case).with_only_columns(func.max(Message.id)).order_by(None)
    return db.session.scalar(query) or 0


def confirm(door: Door) -> None:
    """When all else is done: to read a page takes no lock."""
    number = door.case.id
    if door.case.is_unconfirmed:
        bus.after_commit(lambda: confirming.confirm(number))


def solve(door: Door) -> Response:
    tickets.solve(door.case, by=door.client)
    return see_other(door.base)


def download(door: Door, number: int) -> Response:
    """A file of a public message of this very request."""
    seen = messages_for(door.case, is_visitors=door.is_visitors)
    ids = seen.with_only_columns(Message.id).order_by(None)
    query = select(Attachment).where(Attachment.id == number, Attachment.message_id.in_(ids))
    found = db.session.scalars(query).one_or_none() if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such file."))
    return uploads.as_download(found)


def _own_fields(case: Case) -> list[tuple[str, str]]:
    """What the client was asked on the form, and said; nothing that only the staff fills in."""
    asked = [row for row in catalog().fields.values() if row.on_form]
    said = [(row.name, case.fields.get(row.key)) for row in asked]
    return [(name, _("yes") if value is True else str(value)) for name, value in said if value]


def _direction(case: Case) -> str:
    """Worth saying only where there is more than one."""
    known = catalog().directions
    return known[case.direction_id].name if len(known) > 1 and case.direction_id in known else ""
