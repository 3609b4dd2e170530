"""A client who writes on a finished or waiting case is never overlooked, whatever the rules say."""

from collections.abc import Sequence

from core import bus
from core.db import db
from desk import events, tickets
from desk.catalog import catalog
from models import Case, Participant, StatusCategory

WAITS_FOR_NOBODY = (StatusCategory.PENDING, StatusCategory.SOLVED, StatusCategory.CLOSED)


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
