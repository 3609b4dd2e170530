"""How often rules ran, for the list and for the page of one rule."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from desk.automation import undelivered
from desk.automation.heard import heard
from desk.automation.loops import Loop, loop_of
from desk.automation.told import Told, told
from models import Case, Decision, EventRecord, Rule, RuleRun

DAYS = 14
PAGE = 30


@dataclass
class Firings:
    """Counts of the last fourteen days, the oldest day first."""

    done: list[int] = field(default_factory=lambda: [0] * DAYS)
    failed: list[int] = field(default_factory=lambda: [0] * DAYS)
    would: int = 0  # times it would have acted while watching only
    cut: int = 0
    last: datetime | None = None

    @property
    def total(self) -> int:
        return sum(self.done)

    @property
    def failures(self) -> int:
        return sum(self.failed)

    @property
    def highest(self) -> int:
        return max(done + failed for done, failed in zip(self.done, self.failed, strict=True))


def of_last_days() -> dict[int, Firings]:
    """By rule id; days are those of UTC."""
    today = clock.now().date()
    since = clock.now() - timedelta(days=DAYS)
    day = func.date(RuleRun.at)
    query = (
        select(RuleRun.rule_id, RuleRun.state, day, func.count(), func.max(RuleRun.at))
        .where(RuleRun.at > since)
        .group_by(RuleRun.rule_id, RuleRun.state, day)
    )
    found: dict[int, Firings] = defaultdict(Firings)
    for rule_id, state, on, count, last in db.session.execute(query):
        ago = (today - datetime.fromisoformat(str(on)).date()).days
        _add(found[rule_id], state, DAYS - 1 - min(max(ago, 0), DAYS - 1), count, last)
    return found


def _add(firings: Firings, state: str, place: int, count: int, last: datetime) -> None:
    if state == "done":
        firings.done[place] += count
    elif state == "failed":
        firings.failed[place] += count
    elif state == "shadow":
        firings.would += count
        firings.done[place] += count
    elif state == "cut":
        firings.cut += count
    if state != "skipped":
        firings.last = max(firings.last or last, last)


@dataclass(frozen=True)
class RunSeen:
    """One run with its case. `event` = the first of what happened, under which decisions are
    filed; `heard` = the one that the trigger listens to."""

    run: RuleRun
    case: Case
    event: EventRecord
    heard: EventRecord
    lost: undelivered.Lost = field(default_factory=dict)

    @property
    def effects(self) -> list[Told]:
        run, deed = self.run, f"{self.event.id}:{self.run.rule_version_id}"
        return told(run.effects, run.version.definition["then"], self.lost, deed)

    @property
    def loop(self) -> Loop | None:
        """The chain that it was cut out of."""
        return loop_of(self.event.data, self.run.rule_id)


def runs_of(rule: Rule, *, before: int | None = None) -> tuple[list[RunSeen], int | None]:
    """The newest runs of a rule, and where to go on when there are more."""
    query = (
        select(RuleRun, Case, EventRecord)
        .join(Decision, Decision.id == RuleRun.decision_id)
        .join(EventRecord, EventRecord.id == Decision.event_id)
        .join(Case, Case.id == RuleRun.case_id)
        .options(joinedload(RuleRun.version))
        .where(RuleRun.rule_id == rule.id)
        .order_by(RuleRun.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(RuleRun.id < before)
    rows = with_lost(db.session.execute(query).all())
    return rows[:PAGE], rows[PAGE - 1].run.id if len(rows) > PAGE else None


def with_lost(rows: Sequence[Row[RuleRun, Case, EventRecord]]) -> list[RunSeen]:
    """With what did not arrive of their mails."""
    lost = undelivered.of_cases(case.id for _run, case, _event in rows)
    heard_by = heard((run, case, event) for run, case, event in rows)
    return [RunSeen(run, case, event, heard_by[run.id], lost) for run, case, event in rows]
