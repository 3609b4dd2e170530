"""How often a rule would have acted lately: over all cases, or as many as there is time for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core import clock
from core.db import db
from desk.automation import ruleset
from desk.automation.decision import Decision
from desk.automation.replay import reading
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged
from desk.automation.replay.playing import NEW, Played
from desk.automation.replay.tally import Tally
from desk.automation.ruleset import CompiledSet
from models import RuleVersion

DAYS = 30
CHUNK = 50


@dataclass(frozen=True)
class Lately:
    """`fired` is counted when `is_whole`, else reckoned from `looked_at` of `cases` cases."""

    fired: int
    cases: int
    looked_at: int
    days: int = DAYS

    @property
    def is_whole(self) -> bool:
        return self.looked_at == self.cases


class _Count(Tally):
    """Only how often it acted."""

    fired = 0

    def decided(self, image: Image, at: datetime, decision: Decision) -> None:
        self.fired += sum(run.state == "done" for run in decision.runs)


def lately(
    definition: dict[str, Any], rule_id: int | None = None, budget_ms: float | None = None
) -> Lately:
    """The rule alone, among what people and the other rules did. Broken; in a unit of work."""
    elapsed = clock.stopwatch()
    since = clock.now() - timedelta(days=DAYS)
    tried = ruleset.compiled_rule(definition, rule_id or NEW, NEW)
    last = reading.last_event()
    numbers = reading.cases_between(reading.first_event(since, last), last)
    count = _Count(ZoneInfo("UTC"))
    played = Played(CompiledSet((tried,)), count, since, last)
    played.walk.left_out = _by(rule_id)
    order = list(numbers)
    Random(7).shuffle(order)  # noqa: S311 - a sample that is the same while one writes
    looked = 0
    while looked < len(order) and (budget_ms is None or not looked or elapsed() < budget_ms):
        played.batch(order[looked : looked + CHUNK])
        looked = min(looked + CHUNK, len(order))
    fired = round(count.fired * len(order) / looked) if looked else 0
    return Lately(fired, len(order), looked)


def _by(rule_id: int | None) -> Any:
    """What the rule itself did in life is left out."""
    query = select(RuleVersion.id).where(RuleVersion.rule_id == (rule_id or 0))
    own: Sequence[int] = db.session.scalars(query).all()

    def left_out(row: Logged) -> bool:
        return row.cause_rule_version_id in own

    return left_out
