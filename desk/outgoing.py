"""Outgoing mail as people look at it: whom it went to, what became of it, what it said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from core.db import db
from core.i18n import N_, _
from core.text import fold
from core.when import stamp
from desk import access, faults
from desk.errors import NotFound
from desk.outbox import WEBHOOK
from models import Case, OutboxItem, OutboxState, Staff

PAGE = 50
LOOKED = 2_000  # mails whose subjects are read for one page
STATES = {
    OutboxState.QUEUED: N_("waiting"),
    OutboxState.SENDING: N_("being sent"),
    OutboxState.SENT: N_("sent"),
    OutboxState.DEFERRED: N_("put off"),
    OutboxState.FAILED: N_("did not leave"),
}
KEPT_HERE = "console"  # the receipt of the channel that stands in for a mail server
_SECRET = re.compile(r"(/(?:r|signin/l)/)[\w.~-]+")


@dataclass(frozen=True)
class Wanted:
    """What to look for: a state, the beginning of an address, the number of a ticket; `words` = a
    part of a subject or the beginning of an address."""

    state: str = ""
    recipient: str = ""
    words: str = ""
    case_id: int | None = None


class Row(NamedTuple):
    id: int
    channel: str
    recipient: str
    subject: str
    state: str
    case_id: int | None
    created_at: datetime
    sent_at: datetime | None
    next_at: datetime
    attempts: int
    receipt: str
    error: str

    @property
    def why(self) -> str:
        """Why it did not leave, in words."""
        return faults.in_words(self.error)


class Told(NamedTuple):
    """What became of a mail, in words; `tone` and `icon` as badges have them."""

    tone: str
    icon: str
    text: str


SUBJECT = OutboxItem.payload["subject"].as_string().label("subject")
COLUMNS = (
    OutboxItem.id,
    OutboxItem.channel,
    OutboxItem.recipient,
    SUBJECT,
    OutboxItem.state,
    OutboxItem.case_id,
    OutboxItem.created_at,
    OutboxItem.sent_at,
    OutboxItem.next_at,
    OutboxItem.attempts,
    OutboxItem.receipt,
    OutboxItem.error,
)


def page(who: Staff, wanted: Wanted, before: int | None = None) -> tuple[list[Row], int | None]:
    """The newest PAGE mails older than `before`; the cursor of the next page if there is one."""
    query = _visible(select(*COLUMNS), who).order_by(OutboxItem.id.desc())
    asked = [(OutboxItem.id < before)] if before is not None else []
    if wanted.state:
        asked.append(OutboxItem.state == wanted.state)
    if wanted.recipient:
        asked.append(_to(wanted.recipient))
    if wanted.case_id is not None:
        asked.append(OutboxItem.case_id == wanted.case_id)
    if wanted.words:
        return _by_words(query.where(*asked), wanted.words)
    found = [Row(*row) for row in db.session.execute(query.where(*asked).limit(PAGE + 1))]
    shown = found[:PAGE]
    return shown, shown[-1].id if len(found) > PAGE else None


def _by_words(query: Select[Any], words: str) -> tuple[list[Row], int | None]:
    """Compared here, as databases know small letters of few languages. What was not looked at is
    for the next page, so no page reads more than LOOKED mails."""
    wanted = fold(words)
    bare = query.with_only_columns(OutboxItem.id, OutboxItem.recipient, SUBJECT).limit(LOOKED)
    looked = db.session.execute(bare).all()
    hits = [id_ for id_, to, said in looked if to.startswith(wanted) or wanted in fold(said or "")]
    more = len(hits) > PAGE or len(looked) == LOOKED
    last = hits[PAGE - 1] if len(hits) > PAGE else looked[-1].id if looked else None
    rows = db.session.execute(query.where(OutboxItem.id.in_(hits[:PAGE])))
    return [Row(*row) for row in rows], last if more else None


def one(who: Staff, number: int, *, lock: bool = False) -> OutboxItem:
    """NotFound when missing, or when it is about a ticket that this person may not see."""
    query = _visible(select(OutboxItem), who).where(OutboxItem.id == number)
    query = query.with_for_update(of=OutboxItem) if lock else query
    item: OutboxItem | None = db.session.scalars(query).one_or_none() if number < 2**31 else None
    if item is None:
        raise NotFound(_("There is no such mail."))
    return item


def _visible(query: Select[Any], who: Staff) -> Select[Any]:
    if not access.directions_of(who):
        return query
    cases = access.visible_cases(who).with_only_columns(Case.id)
    return query.where(or_(OutboxItem.case_id.is_(None), OutboxItem.case_id.in_(cases)))


def _to(recipient: str) -> Any:
    """A whole address by the index, else the beginning of one; of a call as it was written."""
    if recipient.lower().startswith(("http://", "https://")):
        return OutboxItem.recipient.startswith(recipient, autoescape=True)
    if "." in recipient.partition("@")[2]:
        return OutboxItem.recipient == recipient.lower()
    return OutboxItem.recipient.startswith(recipient.lower(), autoescape=True)


def told(mail: OutboxItem | Row) -> Told:
    if mail.state == OutboxState.SENT and mail.receipt == KEPT_HERE:
        return Told("", "inbox", _("kept here, no mail server"))
    if mail.state == OutboxState.SENT and mail.channel == WEBHOOK:
        at = stamp(mail.sent_at or mail.created_at)
        return Told("ok", "check", _("answered %(code)s, %(time)s", code=mail.receipt, time=at))
    if mail.state == OutboxState.SENT:
        return Told("ok", "check", _("sent %(time)s", time=stamp(mail.sent_at or mail.created_at)))
    if mail.state == OutboxState.FAILED:
        return Told("danger", "circle-x", _("did not leave"))
    if mail.state == OutboxState.DEFERRED:
        return Told(
            "warn", "alarm-clock", _("put off, next try %(time)s", time=stamp(mail.next_at))
        )
    if mail.state == OutboxState.SENDING:
        return Told("info", "send", _("is leaving now"))
    return Told("info", "clock", _("waits to leave"))


def text_of(payload: Mapping[str, Any], *, whole: bool) -> str:
    """What the mail said. Links that let whoever has them in are cut unless `whole`."""
    text = str(payload["text"])
    return text if whole else _SECRET.sub(r"\1…", text)
