"""How each run of a counter ended: in time or not, and what kept it from being so."""

from datetime import timedelta

from core import clock
from core.db import db
from desk.deadlines import causes
from models import Case, Counter, CounterEpisode, Outcome


def keep(counter: Counter, case: Case, group: int | None, worked: timedelta) -> None:
    """`worked` = working time of the run that ends now, `group` = where the case lay meanwhile."""
    is_met = worked <= timedelta(minutes=counter.limit_minutes)
    if counter in db.session.new:  # it has no number yet
        db.session.flush()
    db.session.add(
        CounterEpisode(
            counter_id=counter.id,
            episode=counter.episode,
            policy_id=counter.policy_id,
            case_id=case.id,
            started_at=counter.started_at,
            ended_at=clock.now(),
            limit_minutes=counter.limit_minutes,
            worked_seconds=int(worked.total_seconds()),
            outcome=Outcome.MET if is_met else Outcome.MISSED,
            cause="" if is_met else causes.cause_of(counter, case),
            assignee_id=case.assignee_id,
            group_id=group,
        )
    )
