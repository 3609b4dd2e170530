"""Storm brakes: how many mails of rules one address gets (reliability.md, rule 4)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import N_
from desk import settings
from desk.automation.moment import Occurrence
from models import Case, OutboxItem

TEMPLATE = "rule"  # marks in the outbox what rules and counters wrote
# (mails, minutes): of one case to one address, and over all cases.
PER_CASE = ((10, 10), (15, 30), (25, 60), (50, 180), (100, 600))
OVER_ALL = ((30, 10), (60, 30), (120, 60), (240, 180), (360, 600))
_LONGEST = timedelta(minutes=600)


def may_send(recipient: str, case: Case | None) -> bool:
    """Whether one more mail to this address keeps within the limits."""
    query = (
        select(OutboxItem.created_at, OutboxItem.case_id)
        .where(
            OutboxItem.recipient == recipient,
            OutboxItem.template == TEMPLATE,
            OutboxItem.created_at > clock.now() - _LONGEST,
        )
        .order_by(OutboxItem.created_at.desc())
        .limit(OVER_ALL[-1][0])
    )
    sent = db.session.execute(query).all()
    of_case = [row.created_at for row in sent if case and row.case_id == case.id]
    return not (_over(PER_CASE, of_case) or _over(OVER_ALL, [row.created_at for row in sent]))


def refusal(recipient: str, case: Case, occurrence: Occurrence) -> str:
    """Why no mail goes to this address now, untranslated; empty when it may go."""
    if recipient == settings.get("support_email"):
        return N_("it is our own address")
    if occurrence.is_automatic and recipient == case.requester.email:
        return N_("it would answer an automatic message")
    return "" if may_send(recipient, case) else N_("too many mails to this address")


def _over(limits: Sequence[tuple[int, int]], sent: Sequence[datetime]) -> bool:
    now = clock.now()
    return any(
        sum(at > now - timedelta(minutes=minutes) for at in sent) >= most
        for most, minutes in limits
    )
