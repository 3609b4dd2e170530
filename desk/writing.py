"""Who is writing an answer just now: drafts tell, for they are kept while one types."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select

from core import clock
from core.db import db
from models import Case, Draft

PAUSE = timedelta(minutes=1)  # who has typed nothing for so long is not taken to be writing
IS_GOING_ON = and_(Draft.kind == "reply", Draft.updated_at > bindparam("writing_since"))


@dataclass(frozen=True)
class Writing:
    """Named as in models.Case what tells who may know of it."""

    case_id: int
    staff_id: int
    direction_id: int | None
    assignee_id: int | None


def since() -> datetime:
    return clock.now() - PAUSE


def going_on() -> frozenset[Writing]:
    rows = db.session.execute(_GOING_ON, {"writing_since": since()})
    return frozenset(Writing(*row) for row in rows)


_GOING_ON = (
    select(Draft.case_id, Draft.staff_id, Case.direction_id, Case.assignee_id)
    .join(Case, Case.id == Draft.case_id)
    .where(IS_GOING_ON)
)
