"""How many mails a day a rule would send: told by the last replay that played it as it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, func, select

from core.db import db
from desk.automation.replay.asked import KIND
from desk.automation.replay.outcome import Outcome
from models import Job, JobState

RECENT = 50
MAILS = ("send_mail", "send_letter")
_DONE = (Job.kind == KIND, Job.state == JobState.DONE)


def last_done() -> int:
    """The number of the last replay that is done; 0 when there is none."""
    return db.session.scalar(select(func.max(Job.id)).where(*_DONE)) or 0


class Expected:
    """What the replays of the last time say; each of them is read when it is first needed."""

    def __init__(self) -> None:
        self._outcomes: dict[int, Outcome] = {}

    @cached_property
    def _jobs(self) -> Sequence[Row[Any]]:
        query = select(Job.id, Job.arguments, Job.created_at).where(*_DONE)
        return db.session.execute(query.order_by(Job.id.desc()).limit(RECENT)).all()

    def mails_a_day(
        self, definition: Mapping[str, Any], rule_id: int | None, since: datetime | None = None
    ) -> float:
        """`since` = when the definition came into force, for one that is; 0 where nobody knows."""
        if not any(stored["do"] in MAILS for stored in definition["then"]):
            return 0
        for job in self._jobs:
            if job.arguments["definition"] == definition and job.arguments["rule"] == rule_id:
                return self._outcome(job.id).mails_a_day
            was_played = since is not None and since <= job.created_at
            if was_played and rule_id and self._is_among_the_others(job.arguments, rule_id):
                return self._outcome(job.id).mails_a_day_of(rule_id)
        return 0

    def _is_among_the_others(self, arguments: Mapping[str, Any], rule_id: int) -> bool:
        """Played as it stood then, not with a definition in its place."""
        return arguments["definition"] is None or bool(arguments["rule"] != rule_id)

    def _outcome(self, number: int) -> Outcome:
        if number not in self._outcomes:
            job = db.session.get_one(Job, number)
            self._outcomes[number] = Outcome(job, job.by)
        return self._outcomes[number]
