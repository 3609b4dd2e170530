"""A case that is given again and again, as triggers that set each other off would have it, is left
to people."""

from datetime import timedelta

from sqlalchemy import func, select

from core import clock
from core.db import db
from desk import events, history
from desk.history import Cause, because
from models import Case, EventRecord, Routing

TIMES = 10
WITHIN = timedelta(minutes=10)


def holds(case: Case) -> bool:
    """Whether it was given TIMES within WITHIN; the timeline says so once."""
    since = clock.now() - WITHIN
    given = select(func.count()).where(
        Routing.case_id == case.id, Routing.chosen_id.is_not(None), Routing.at > since
    )
    if (db.session.scalar(given) or 0) < TIMES:
        return False
    told = select(EventRecord.id).where(
        EventRecord.case_id == case.id,
        EventRecord.kind == events.DispatcherHeld.kind,
        EventRecord.at > since,
    )
    if db.session.scalar(told.limit(1)) is None:
        with because(Cause(dispatcher=True)):
            history.record(events.DispatcherHeld, case, data={"times": TIMES})
    return True
