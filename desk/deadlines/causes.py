"""Why a run of a counter was missed, in a word that can be counted."""

from collections.abc import Sequence

from sqlalchemy import func, select

from core.db import db
from core.i18n import N_
from models import Case, Counter, EventRecord

CAUSES = {
    "nobody": N_("nobody had taken it"),
    "handed_on": N_("it was handed on"),
    "busy": N_("the assignee had too much"),
    "slow": N_("the assignee did not come to it"),
}
HANDED_ON = 2  # changes of the assignee or group within the run
BUSY = 15  # open tickets of one person


def cause_of(counter: Counter, case: Case) -> str:
    """Of the run that ends now, by what the log says of it; a key of CAUSES."""
    moves = _moves(counter)
    owner = _owner_before_the_end(case, counter, moves)
    if owner is None:
        return "nobody"
    if len(moves) > HANDED_ON:
        return "handed_on"
    theirs = select(func.count()).where(Case.is_open, Case.assignee_id == owner)
    return "busy" if (db.session.scalar(theirs) or 0) >= BUSY else "slow"


def _moves(counter: Counter) -> Sequence[EventRecord]:
    query = (
        select(EventRecord)
        .where(
            EventRecord.case_id == counter.case_id,
            EventRecord.kind.in_(("assignee_changed", "group_changed")),
            EventRecord.at >= counter.started_at,
        )
        .order_by(EventRecord.id)
    )
    return db.session.scalars(query).all()


def _owner_before_the_end(case: Case, counter: Counter, moves: Sequence[EventRecord]) -> int | None:
    """Who had it when the limit came: what the first change after that says was before."""
    limit = counter.limit_at
    for event in moves:
        change = event.changes.get("assignee")
        if change and limit is not None and event.at >= limit:
            before: int | None = change[0]
            return before
    return case.assignee_id
