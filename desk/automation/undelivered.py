"""What rules and counters put into the outbox and what did not arrive, by the key of the deed."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from core.db import db
from core.i18n import N_
from models import OutboxItem, OutboxState

STATES = {
    OutboxState.FAILED: N_("not delivered: %(why)s"),
    OutboxState.DEFERRED: N_("not delivered yet: %(why)s"),
}
Lost = Mapping[str, tuple[str, str]]  # key -> (what is said of it, untranslated, and why)
NONE: Lost = {}


def of_cases(numbers: Iterable[int]) -> Lost:
    query = select(OutboxItem.dedupe_key, OutboxItem.state, OutboxItem.error).where(
        OutboxItem.case_id.in_(set(numbers)), OutboxItem.state.in_(STATES)
    )
    rows = db.session.execute(query)
    return {key: (STATES[OutboxState(state)], error) for key, state, error in rows}


def one(lost: Lost, deed: str, who: str) -> tuple[str, str] | None:
    """Of one receipt. Calls of programs have no reader in their key; what a counter did was alone
    in its plan, hence another 0."""
    keys = (f"{deed}:{who}", deed, f"{deed}:0:{who}", f"{deed}:0")
    return next((lost[key] for key in keys if key in lost), None)
