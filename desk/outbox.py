"""What must leave: put in with the change that causes it, sent only after the commit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from core import bus, clock, i18n, security, signals
from core.db import db, plain_rows, putting
from core.failpoints import failpoint
from desk import settings
from desk.catalog import catalog
from models import Case, OutboxItem, OutboxState, Participant

EMAIL, WEBHOOK = "email", "webhook"  # channels
WAKE = "outbox.put"  # the signal that the deliverer listens for
LEASE = timedelta(minutes=5)
PAUSES_MINUTES = (1, 5, 15, 30, 60, 120, 240, 480)  # then every eight hours
GIVE_UP_AFTER = timedelta(hours=48)
WAITING = (OutboxState.QUEUED, OutboxState.DEFERRED, OutboxState.SENDING)


@dataclass(frozen=True)
class Mail:
    """One mail to one reader, already in the reader's language. `headers` beyond the usual ones."""

    recipient: str
    subject: str
    text: str
    template: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    to: Participant | None = None
    case: Case | None = None
    event_id: int | None = None


def put(mail: Mail, *, dedupe: str, channel: str = EMAIL) -> None:
    """Queue a mail at the end of the unit; not when one with this `dedupe` key is there, whatever
    its state."""
    row = {
        "channel": channel,
        "recipient": mail.recipient,
        "participant_id": mail.to.id if mail.to else None,
        "case_id": mail.case.id if mail.case else None,
        "event_id": mail.event_id,
        "template": mail.template,
        "payload": _payload(mail),
        "dedupe_key": dedupe,
        "message_id": f"<{security.new_token()[:24]}.liniya@{domain()}>",
        "next_at": clock.now(),
        "created_at": clock.now(),
    }
    bus.write_together(putting(OutboxItem), row)
    _mailed().add((mail.case.id if mail.case else None, mail.recipient))
    bus.after_commit(wake)
    failpoint("outbox.put")


def is_mailed(case: Case, address: str) -> bool:
    """True when a mail to this address about this case leaves with the unit under way."""
    return (case.id, address) in _mailed()


def _mailed() -> set[tuple[int | None, str]]:
    found: set[tuple[int | None, str]] = bus.unit().notes.setdefault("kept.mailed", set())
    return found


def _payload(mail: Mail) -> dict[str, Any]:
    return {
        "subject": " ".join(mail.subject.split())[:250],
        "text": mail.text,
        "html": mail.html,
        "headers": {name: " ".join(value.split()) for name, value in mail.headers.items()},
    }


def wake() -> None:
    signals.signal(WAKE)


def domain() -> str:
    """The host part of our Message-IDs: that of the address we send from."""
    return settings.get("support_email").partition("@")[2] or "liniya.invalid"


def claim(limit: int) -> list[int]:
    """Take due items under a lease, oldest first; whoever dies with them loses them to others."""
    at = clock.now()
    due = (
        select(OutboxItem.id)
        .where(
            OutboxItem.state.in_(WAITING),
            OutboxItem.next_at <= at,
            or_(OutboxItem.lease_until.is_(None), OutboxItem.lease_until < at),
        )
        .order_by(OutboxItem.next_at, OutboxItem.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")  # as a subquery PostgreSQL may ask it anew for each row, and take more
    )
    taken = (
        update(OutboxItem)
        .where(OutboxItem.id.in_(select(due.c.id)))
        .values(state=OutboxState.SENDING, lease_until=at + LEASE, attempts=OutboxItem.attempts + 1)
        .returning(OutboxItem.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(db.session.scalars(taken).all())


def release() -> None:
    """What a dead process was sending is due at once. Only for who is alone with the database."""
    held = OutboxItem.state == OutboxState.SENDING
    db.session.execute(update(OutboxItem).where(held).values(lease_until=None))


def channels_of(numbers: Sequence[int]) -> dict[str, list[int]]:
    """The items by channel, each in the order given."""
    query = select(OutboxItem.id, OutboxItem.channel).where(OutboxItem.id.in_(numbers))
    channel = {row.id: row.channel for row in db.session.execute(query)}
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(channel[number], []).append(number)
    return found


def get(number: int) -> OutboxItem:
    return db.session.get_one(OutboxItem, number)


def mark_sent(number: int, receipt: str) -> None:
    item = get(number)
    item.state, item.sent_at = OutboxState.SENT, clock.now()
    item.receipt, item.error, item.lease_until = receipt, "", None


def defer(number: int, why: str) -> None:
    """Try again after a growing pause; after 48 hours it has failed."""
    item = get(number)
    if clock.now() - item.created_at > GIVE_UP_AFTER:
        fail(number, why)
        return
    pause = PAUSES_MINUTES[min(item.attempts, len(PAUSES_MINUTES)) - 1]
    item.state, item.error, item.lease_until = OutboxState.DEFERRED, why, None
    item.next_at = clock.now() + timedelta(minutes=pause)


def fail(number: int, why: str) -> None:
    item = get(number)
    item.state, item.error, item.lease_until = OutboxState.FAILED, why, None


def retry(item: OutboxItem) -> None:
    """An administrator asks for one more try of what failed or waits."""
    if item.state in (OutboxState.FAILED, OutboxState.DEFERRED):
        item.state, item.next_at, item.attempts = OutboxState.QUEUED, clock.now(), 0
        bus.after_commit(wake)


def mails_of(case: Case, limit: int = 50) -> Sequence[OutboxItem]:
    """What was written about a case, the newest first."""
    query = (
        select(OutboxItem)
        .where(OutboxItem.case_id == case.id)
        .order_by(OutboxItem.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def lost_mails_of(case: Case) -> Sequence[Any]:
    """What its client was to get and will not, unless somebody helps; the newest first.

    Columns, not rows of the session: asked for by every page of a ticket.
    """
    return plain_rows(_LOST, {"case": case.id, "client": case.requester_id})


_LOST = (
    select(OutboxItem.id, OutboxItem.recipient, OutboxItem.payload, OutboxItem.error)
    .where(
        OutboxItem.case_id == bindparam("case"),
        OutboxItem.participant_id == bindparam("client"),
        OutboxItem.state == OutboxState.FAILED,
    )
    .order_by(OutboxItem.id.desc())
    .limit(3)
)


def oldest_waiting() -> datetime | None:
    """Since when the oldest due item waits; None when nothing is due."""
    query = select(func.min(OutboxItem.next_at)).where(
        OutboxItem.state.in_(WAITING), OutboxItem.next_at <= clock.now()
    )
    return db.session.scalar(query)


def sender_address(item: OutboxItem) -> str:
    """The direction's own address, else the company's, else empty."""
    direction = catalog().directions.get(item.case.direction_id or 0) if item.case else None
    return (direction.mail_from if direction else "") or settings.get("support_email")


def sender_name(item: OutboxItem) -> str:
    code = item.participant.locale if item.participant else i18n.DEFAULT_LOCALE
    name: str = settings.get(f"company_name_{code}")
    return name


def thread_id(item: OutboxItem) -> str:
    """One made-up ancestor for all mails of a case, so that mail programs show them together."""
    return f"<case-{item.case_id}@{domain()}>" if item.case_id else ""
