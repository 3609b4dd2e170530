"""Storm brakes: how many mails of rules one address gets (reliability.md, rule 4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.i18n import N_
from desk import settings
from desk.automation.moment import Occurrence
from models import Case, OutboxItem

# How the outbox names what rules and counters wrote, and what told the staff of their notes.
TEMPLATE = "rule"
NOTICE = "staff_rule"
OURS = (TEMPLATE, NOTICE)
# (mails, minutes): of one case to one address, and over all cases.
PER_CASE = ((10, 10), (15, 30), (25, 60), (50, 180), (100, 600))
OVER_ALL = ((30, 10), (60, 30), (120, 60), (240, 180), (360, 600))
_LONGEST = timedelta(minutes=600)
_LOCKS = 0x6C696E  # sets these advisory locks of PostgreSQL apart from others
TOO_MANY = N_("too many mails to this address")


def may_send(recipient: str, case: Case | None) -> bool:
    """Whether one more mail to this address keeps within the limits.

    Exact: whoever asks about an address that another unit of work writes to waits for its end.
    """
    _lock(recipient)
    query = (
        select(OutboxItem.created_at, OutboxItem.case_id)
        .where(
            OutboxItem.recipient == recipient,
            OutboxItem.template.in_(OURS),
            OutboxItem.created_at > clock.now() - _LONGEST,
        )
        .order_by(OutboxItem.created_at.desc())
        .limit(OVER_ALL[-1][0])
    )
    sent = db.session.execute(query).all()
    of_case = [row.created_at for row in sent if case and row.case_id == case.id]
    return not (_over(PER_CASE, of_case) or _over(OVER_ALL, [row.created_at for row in sent]))


def _lock(recipient: str) -> None:
    """One at a time counts the mails of an address and adds to them, up to its commit.

    SQLite has one writer anyway. Two units that wait for each other are parted by PostgreSQL: one
    rule then fails in its savepoint and is named.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCKS, func.hashtext(recipient))))


def refusal(recipient: str, case: Case, occurrence: Occurrence) -> str:
    """Why no mail goes to this address now, untranslated; empty when it may go."""
    if recipient == settings.get("support_email"):
        return N_("it is our own address")
    if occurrence.is_automatic and recipient == case.requester.email:
        return N_("it would answer an automatic message")
    return "" if may_send(recipient, case) else TOO_MANY


def _over(limits: Sequence[tuple[int, int]], sent: Sequence[datetime]) -> bool:
    now = clock.now()
    return any(
        sum(at > now - timedelta(minutes=minutes) for at in sent) >= most
        for most, minutes in limits
    )
