"""A whole replay: the rules, the days, the walk over every case, and what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from core import bus, clock
from core.db import db
from desk.automation import ruleset
from desk.automation.replay import reading
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged
from desk.automation.replay.tally import HAS_RUN, Tally
from desk.automation.replay.today import Today
from desk.automation.replay.walk import Walk
from desk.automation.replay.without import Nobody, Sets
from desk.automation.ruleset import CompiledRule, CompiledSet
from desk.catalog import catalog
from models import Participant, ParticipantKind, Rule, RuleRun

NEW = -1  # the id of a rule that is not saved yet
LONGEST = 366  # days
Progress = Callable[[int, int], None]


def replayed(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """The outcome of playing {"days", "rule", "definition", "zone"}; without a definition the
    rules in force are played as they are. Conditions.Broken when the definition is not sound.
    """
    elapsed = clock.stopwatch()
    since = clock.now() - timedelta(days=min(int(arguments["days"]), LONGEST))
    with bus.unit_of_work(writes=False):
        rules, focus = rules_with(arguments.get("definition"), arguments.get("rule"))
        beside = sets_beside(arguments.get("rule"))
        last = reading.last_event()
        numbers = reading.cases_between(reading.first_event(since, last), last)
        live = _runs_since(since)
    tally = Tally(ZoneInfo(arguments.get("zone") or "UTC"), focus)
    played = Played(rules, tally, since, last, beside)
    done = 0
    progress(0, len(numbers))
    for batch in reading.batches(numbers):
        with bus.unit_of_work(writes=False):
            played.batch(batch)
        done += len(batch)
        progress(done, len(numbers))
    return {
        **tally.packed(),
        "since": since.isoformat(),
        "until": clock.now().isoformat(),
        "focus": focus,
        "live": live,
        "ms": round(elapsed()),
    }


def rules_with(
    definition: dict[str, Any] | None, rule_id: int | None
) -> tuple[CompiledSet, int | None]:
    """The rules in force, with this definition in the place of its rule or at the end, switched
    on; and the id of the rule that is tried."""
    rows = ruleset.active_versions()
    whole = ruleset.compiled_set(rows)
    if definition is None:
        return whole, None
    tried = ruleset.compiled_rule(definition, rule_id or NEW, NEW)
    others = [rule for rule in whole.rules if rule.id != rule_id]
    at = _place_of(rule_id, [rule.id for rule, _version in rows], others)
    return replace(whole, rules=(*others[:at], tried, *others[at:])), tried.id


def sets_beside(rule_id: int | None) -> Sets:
    """What the set with the tried rule in it is compared with."""
    whole = ruleset.compiled_set(ruleset.active_versions())
    others = tuple(rule for rule in whole.rules if rule.id != rule_id)
    return Sets(whole, replace(whole, rules=others))


def _place_of(rule_id: int | None, active: Sequence[int], others: Sequence[CompiledRule]) -> int:
    """How many of the others come before it."""
    row = db.session.get(Rule, rule_id) if rule_id else None
    if row is None:
        return len(others)
    query = select(Rule.id).where(
        (Rule.position < row.position) | ((Rule.position == row.position) & (Rule.id < row.id))
    )
    earlier = set(db.session.scalars(query))
    return sum(1 for rule in others if rule.id in earlier and rule.id in active)


def _runs_since(since: datetime) -> dict[str, int]:
    """How often each rule acted in life."""
    query = (
        select(RuleRun.rule_id, func.count())
        .where(RuleRun.at >= since, RuleRun.state.in_(HAS_RUN))
        .group_by(RuleRun.rule_id)
    )
    return {str(row[0]): row[1] for row in db.session.execute(query)}


class Played:
    """Batches of cases, walked one after the other; nothing of them is kept but the tally."""

    def __init__(
        self,
        rules: CompiledSet,
        tally: Tally,
        since: datetime,
        last: int,
        beside: Sets = Sets(),  # noqa: B008 - a value that cannot be changed
    ) -> None:
        self.tally, self.since, self.last = tally, since, last
        self._people: dict[int, str] = {}
        self.walk = Walk(rules, tally, self._is_person, self._is_staff)
        self._saved = replace(self.walk, rules=beside.saved, watcher=Nobody())
        self._without = replace(self._saved, rules=beside.without)

    def batch(self, numbers: Sequence[int]) -> None:
        """Inside a unit of work."""
        if not self.walk.rule_of:
            self.walk.rule_of = reading.rules_of_versions()
            self._saved.rule_of = self._without.rule_of = self.walk.rule_of
        events = reading.events_of(numbers, self.last)
        kinds = reading.kinds_of_cases(numbers)
        runs = reading.runs_before(numbers, self.since)
        touched = self._touched(numbers)
        self._meet({row.actor_id for rows in events.values() for row in rows})
        for address, at, case_id in reading.mails_beside(numbers, self.since):
            self.tally.bag.went(address, at, case_id)
        today = Today(numbers)
        for number, rows in events.items():

            def ended(walk: Walk, number: int = number, rows: list[Logged] = rows) -> Image:
                image = Image(number, today)
                image.kind, image.last_runs = kinds[number], runs.get(number, {})
                self._case(walk, image, rows)
                return image

            acted = number in touched
            beside = self._saved if acted else self._without
            otherwise = lambda ended=ended, beside=beside: ended(beside).snapshot()  # noqa: E731
            self.tally.ended(ended(self.walk), folded(rows), acted, otherwise)

    def _case(self, walk: Walk, image: Image, rows: list[Logged]) -> None:
        earlier = len(list(takewhile(lambda row: row.at < self.since, rows)))
        while 0 < earlier < len(rows) and rows[earlier].unit == rows[earlier - 1].unit:
            earlier += 1  # a unit of work is past as a whole
        walk.remember(image, rows[:earlier])
        walk.play(image, rows[earlier:])

    def _touched(self, numbers: Sequence[int]) -> set[int]:
        """The cases on which the rule that is tried acted in life."""
        if self.tally.focus in (None, NEW):
            return set()
        query = select(RuleRun.case_id).where(
            RuleRun.case_id.in_(numbers),
            RuleRun.rule_id == self.tally.focus,
            RuleRun.at >= self.since,
            RuleRun.state == "done",
        )
        return set(db.session.scalars(query))

    def _meet(self, numbers: set[int]) -> None:
        """Learn what kind of participants they are."""
        unknown = numbers - self._people.keys()
        if unknown:
            query = select(Participant.id, Participant.kind).where(Participant.id.in_(unknown))
            self._people.update({row.id: row.kind for row in db.session.execute(query)})

    def _is_person(self, number: int) -> bool:
        return self._people.get(number) in _PEOPLE

    def _is_staff(self, number: int) -> bool:
        return number in catalog().staff


def folded(rows: Sequence[Logged]) -> dict[str, Any]:
    """The fields of a case as its events say they are."""
    values: dict[str, Any] = {}
    for row in rows:
        values |= {name: after for name, (_before, after) in row.changes.items()}
    return values


_PEOPLE = (ParticipantKind.STAFF, ParticipantKind.CLIENT, ParticipantKind.OUTSIDER)
