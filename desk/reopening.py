"""A client who writes on a finished or waiting case is never overlooked, whatever the rules say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from core import bus
from core.db import db
from desk import events, tickets
from desk.catalog import catalog
from desk.deadlines.kinds.happened import is_reopened, is_taken
from models import Case, EventRecord, Participant, StatusCategory

WAITS_FOR_NOBODY = (StatusCategory.PENDING, StatusCategory.SOLVED, StatusCategory.CLOSED)
TELLING = (events.StatusChanged, events.AssigneeChanged, events.AgentReplied, events.ClientReplied)


@bus.at_end(stage=10)
def reopen_what_clients_wrote_on(happened: Sequence[events.Event]) -> None:
    """Rules come first: only a status that nobody set in this unit is set here."""
    decided = {each.case_id for each in happened if isinstance(each, events.StatusChanged)}
    for event in happened:
        if isinstance(event, events.ClientReplied) and event.case_id not in decided:
            case = db.session.get_one(Case, event.case_id)
            if case.category in WAITS_FOR_NOBODY:
                status = catalog().first_status(StatusCategory.OPEN)
                who = db.session.get_one(Participant, event.actor_id)
                tickets.change_status(case, status.id, by=who)


def opened_again(cases: Iterable[Case]) -> Mapping[int, datetime]:
    """When each of them was opened again, of those that nobody has taken into work since."""
    working = [case.id for case in cases if case.category == StatusCategory.OPEN]
    query = (
        select(EventRecord)
        .where(
            EventRecord.case_id.in_(working), EventRecord.kind.in_([one.kind for one in TELLING])
        )
        .order_by(EventRecord.case_id, EventRecord.id)
    )
    found: dict[int, datetime] = {}
    units = groupby(
        db.session.scalars(query) if working else (), lambda row: (row.case_id, row.unit)
    )
    for (number, _unit), rows in units:
        happened = [event for event in map(events.of, rows) if isinstance(event, events.CaseEvent)]
        if is_taken(happened):
            found.pop(number, None)
        elif is_reopened(happened):
            found[number] = happened[-1].at
    return found
