"""Storm brakes: how many mails of rules one address gets (reliability.md, rule 4)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import array

from core import bus, clock
from core.db import db, table
from core.i18n import N_
from desk import settings
from desk.automation.moment import Occurrence
from models import Case, OutboxItem

# How the outbox names what rules and counters wrote, and what told the staff of their notes.
TEMPLATE = "rule"
NOTICE = "staff_rule"
CALL = "webhook"  # another program that a rule calls: counted for each case only
OURS = (TEMPLATE, NOTICE, CALL)
Limits = Sequence[tuple[int, int]]  # (mails, minutes): of one case to one address, over all cases
PER_CASE: Limits = ((10, 10), (15, 30), (25, 60), (50, 180), (100, 600))
OVER_ALL: Limits = ((30, 10), (60, 30), (120, 60), (240, 180), (360, 600))
LONGEST = timedelta(minutes=600)
_LOCKS = 0x6C696E  # sets these advisory locks of PostgreSQL apart from others
TOO_MANY = N_("too many mails to this address")


Sent = list[tuple[datetime, int | None]]  # when, of which case


def may_send(recipient: str, case: Case | None, *, over_all: Limits = OVER_ALL) -> bool:
    """Whether one more mail to this address keeps within the limits; then it counts as sent.

    Exact: whoever asks about an address that another unit of work writes to waits for its end.
    """
    known = _known()
    if recipient not in known:
        _read([recipient])
    sent = known[recipient]
    of_case = [at for at, number in sent if case and number == case.id]
    if _over(PER_CASE, of_case) or _over(over_all, [at for at, _number in sent]):
        return False
    sent.append((clock.now(), case.id if case else None))
    return True


def hold(addresses: Iterable[str]) -> None:
    """Ask beforehand, and in one order, about those whom a unit of work on many cases will write
    to: two such units then don't wait for each other in a circle."""
    _read(sorted(set(addresses)))


def _known() -> dict[str, Sent]:
    """What the unit of work has read and added; forgotten when a savepoint is undone."""
    found: dict[str, Sent] = bus.unit().notes.setdefault("kept.brakes", {})
    return found


def _read(recipients: Sequence[str]) -> None:
    if not recipients:
        return
    _lock(recipients)
    bus.write_now()  # what this unit has put so far counts too
    known = _known()
    known.update((recipient, []) for recipient in recipients)
    asked = {"recipients": recipients, "since": clock.now() - LONGEST}
    for recipient, at, case_id in db.session.execute(_SENT, asked):
        known[recipient].append((at, case_id))


_ROWS = table(OutboxItem)
_SENT = select(_ROWS.c.recipient, _ROWS.c.created_at, _ROWS.c.case_id).where(
    _ROWS.c.recipient.in_(bindparam("recipients", expanding=True)),
    _ROWS.c.template.in_(OURS),
    _ROWS.c.created_at > bindparam("since"),
)


def _lock(recipients: Sequence[str]) -> None:
    """One at a time counts the mails of an address and adds to them, up to its commit.

    SQLite has one writer anyway. Two units that wait for each other are parted by PostgreSQL: one
    of them is then undone, and what can be repeated is.
    """
    if db.engine.dialect.name == "postgresql":
        each = select(func.hashtext(func.unnest(array(recipients))).label("hash"))
        hashes = each.order_by("hash").subquery()
        locks = select(func.pg_advisory_xact_lock(_LOCKS, hashes.c.hash)).select_from(hashes)
        db.session.execute(locks)


def refusal(recipient: str, case: Case, occurrence: Occurrence) -> str:
    """Why no mail goes to this address now, untranslated; empty when it may go."""
    if recipient == settings.get("support_email"):
        return N_("it is our own address")
    if occurrence.is_automatic and recipient == case.requester.email:
        return N_("it would answer an automatic message")
    return "" if may_send(recipient, case) else TOO_MANY


def _over(limits: Limits, sent: Sequence[datetime]) -> bool:
    now = clock.now()
    return any(
        len(sent) >= most and sum(at > now - timedelta(minutes=minutes) for at in sent) >= most
        for most, minutes in limits
    )
