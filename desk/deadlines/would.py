"""A replay of a counter that is done, for one reader: hidden tickets are left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk import access
from desk.deadlines.sentences import said_amount
from models import Case, CounterPolicyVersion, Job, Participant


@dataclass(frozen=True)
class Miss:
    """A run that would have missed its limit; `late` = working time past it, in words."""

    case: Case
    since: datetime
    until: datetime | None
    limit: str
    late: str
    was_late: bool


@dataclass(frozen=True)
class InForce:
    """A version by which was counted in life; without `since` from before the time played."""

    number: int
    since: datetime | None


@dataclass(frozen=True)
class Outcome:
    job: Job
    reader: Participant

    @property
    def kept(self) -> Mapping[str, Any]:
        return self.job.result

    @property
    def since(self) -> datetime:
        return datetime.fromisoformat(self.kept["since"])

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.kept["until"])

    @staticmethod
    def share(counted: Mapping[str, int]) -> str:
        """Of what is over, how much was in time."""
        over = counted["met"] + counted["missed"]
        return _("%(n)s%%", n=100 * counted["met"] // over) if over else "–"

    @cached_property
    def in_force(self) -> list[InForce]:
        """In the time played, the oldest first; empty when the counter was not there yet."""
        policy = self.job.arguments["draft"]["policy"]
        query = (
            select(CounterPolicyVersion.number, CounterPolicyVersion.at)
            .where(CounterPolicyVersion.policy_id == policy, CounterPolicyVersion.at <= self.until)
            .order_by(CounterPolicyVersion.number)
        )
        rows = db.session.execute(query).all()
        before = [InForce(row.number, None) for row in rows if row.at <= self.since]
        return before[-1:] + [InForce(*row) for row in rows if row.at > self.since]

    @cached_property
    def misses(self) -> list[Miss]:
        """The latest first."""
        numbers = {one["case"] for one in self.kept["misses"]}
        seen = access.visible_cases(self.reader).where(Case.id.in_(numbers))
        rows = {row.id: row for row in db.session.scalars(seen)}
        kept = (one for one in self.kept["misses"] if one["case"] in rows)
        return [_miss(one, rows[one["case"]]) for one in kept]


def _miss(one: Mapping[str, Any], case: Case) -> Miss:
    until = one["until"]
    return Miss(
        case,
        datetime.fromisoformat(one["since"]),
        datetime.fromisoformat(until) if until else None,
        said_amount(timedelta(minutes=one["limit"])),
        said_amount(timedelta(seconds=one["late"])),
        one["was_late"],
    )
