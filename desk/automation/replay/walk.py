"""A case walked through its past: what people did is taken as they did it, rules act anew."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from desk import events
from desk.automation.decision import Decision, Run
from desk.automation.evaluator import evaluate
from desk.automation.moment import Occurrence, occurrence_of
from desk.automation.replay.acting import Posted, Stage
from desk.automation.replay.facts import facts_of
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged, event_of
from desk.automation.ruleset import CompiledSet
from desk.catalog import catalog
from desk.reopening import WAITS_FOR_NOBODY
from models import StatusCategory

CREATED = ("ticket_created", "dialog_created")
SAID = ("client_replied", "agent_replied")
FIELD_KINDS = frozenset(kind.kind for kind in events.FIELD_EVENTS.values()) | {"field_changed"}
IsPerson = Callable[[int], bool]


class Watcher(Protocol):
    """Who is told of what would have happened."""

    def happened(self, image: Image, occurrence: Occurrence) -> None: ...
    def decided(self, image: Image, at: datetime, decision: Decision) -> None: ...
    def posted(self, image: Image, run: Run, mails: Sequence[Posted]) -> None: ...


def made_by_rules(row: Logged) -> bool:
    """A case that a rule began stays: it is a case of its own, and people have worked on it."""
    return row.cause_rule_version_id is not None and row.kind not in CREATED


@dataclass
class Walk:
    """`left_out`: events of the log that the rules played here make by themselves.

    `rule_of`: of versions that stand as causes in the log, the rule.
    """

    rules: CompiledSet
    watcher: Watcher
    is_person: IsPerson
    is_staff: IsPerson
    left_out: Callable[[Logged], bool] = made_by_rules
    rule_of: Mapping[int, int] = field(default_factory=dict)

    def remember(self, image: Image, rows: Iterable[Logged]) -> None:
        """What is past already: every change as it was."""
        for row in rows:
            self.note_times(image, row)
            for name, (_before, after) in row.changes.items():
                image.put(name, after, row.at)
            if row.kind in CREATED:
                image.given_at = row.at

    def play(self, image: Image, rows: Iterable[Logged]) -> None:
        """Everything that happened from here on, one unit of work after the other."""
        for _unit, its in groupby(rows, key=lambda row: row.unit):
            _Unit(self, image).play(list(its))

    def note_times(self, image: Image, row: Logged) -> None:
        """As verbs keep them: who spoke last, and when it began."""
        by_staff = row.kind == "agent_replied"
        if row.kind in CREATED:
            image.created_at = row.at
            by_staff = self.is_staff(row.actor_id) and not events.is_of_client(row)
        elif row.kind not in SAID:
            return
        if by_staff:
            image.last_agent_at = row.at
        else:
            image.last_client_at = row.at
        if "message" in row.data:
            image.said.append(row.data["message"])


@dataclass
class _Unit:
    """One unit of work on one case."""

    walk: Walk
    image: Image
    protected: set[str] = field(default_factory=set)
    chains: dict[int, tuple[int, ...]] = field(default_factory=dict)  # by event of the log
    acted: set[int] = field(default_factory=set)

    def play(self, rows: Sequence[Logged]) -> None:
        self._know_chains(rows)
        own = [row for row in rows if not self.walk.left_out(row) and not _is_reopening(row, rows)]
        happened: list[events.Event] = []
        for at, wave in _waves(own):
            heard = [one for one in map(self._take, wave) if one is not None]
            happened += self._settle(heard, at)
        while happened:
            reopened = self._reopened(happened)
            happened = self._settle(reopened, reopened[0].at) if reopened else []

    def _know_chains(self, rows: Sequence[Logged]) -> None:
        """Which rules led to what is taken from the log."""
        for row in rows:
            before = self.chains.get(row.cause_event_id or 0, ())
            rule = self.walk.rule_of.get(row.cause_rule_version_id or 0)
            if before or rule:
                self.chains[row.id] = (*before, rule) if rule else before

    def _settle(self, batch: list[events.Event], at: datetime) -> list[events.Event]:
        """The rules' turn, and again for what they did, until all is quiet."""
        everything = []
        while batch:
            everything += batch
            batch = self._decide(batch, at)
        return everything

    def _decide(self, batch: list[events.Event], at: datetime) -> list[events.Event]:
        rules, image = self.walk.rules, self.image
        self.protected.update(
            name
            for event in batch
            if event.kind in FIELD_KINDS and self._by_person(event)
            for name in event.changes
        )
        occurrence = occurrence_of(batch, frozenset(self.protected), image.kind, self.acted)
        self.walk.watcher.happened(image, occurrence)
        if not rules.listening(occurrence.kinds):
            return []
        stage = Stage(image, occurrence, at)

        def act(run: Run) -> Run:
            run = stage.act(run)
            if stage.mails:
                self.walk.watcher.posted(image, run, stage.mails)
                stage.mails = []
            return run

        decision = evaluate(rules, facts_of(image, occurrence), occurrence, at, act)
        self.acted |= decision.acted
        for run in decision.runs:
            if run.state == "done":
                image.last_runs = {**image.last_runs, run.rule.id: at}
        self.walk.watcher.decided(image, at, decision)
        return stage.led_to

    def _by_person(self, event: events.Event) -> bool:
        record = event.record
        if record.cause_rule_version_id or record.cause_counter_id:
            return False
        return self.walk.is_person(event.actor_id)

    def _take(self, row: Logged) -> events.Event | None:
        """What was done, on the case as it would have been; None where it is so already."""
        self.walk.note_times(self.image, row)
        if row.kind in CREATED:
            self._begin(row)
            return event_of(row, self.chains.get(row.id, ()))
        changes: dict[str, list[Any]] = {}
        for name, (before, after) in row.changes.items():
            seen = self.image.value(name)
            wanted = after if seen == before else _beside(name, seen, before, after)
            if seen != wanted:
                changes[name] = [seen, wanted]
                self.image.put(name, wanted, row.at)
        if row.changes and not changes and "message" not in row.data:
            return None
        taken = row if changes == row.changes else replace(row, changes=changes)
        return event_of(taken, self.chains.get(row.id, ()))

    def _begin(self, row: Logged) -> None:
        for name, (_before, after) in row.changes.items():
            self.image.put(name, after, row.at)

    def _reopened(self, happened: list[events.Event]) -> list[events.Event]:
        """As desk/reopening.py: a client who writes is never overlooked."""
        if any(event.kind == "status_changed" for event in happened):
            return []
        for event in happened:
            if event.kind == "client_replied" and self.image.category in WAITS_FOR_NOBODY:
                status = catalog().first_status(StatusCategory.OPEN).id
                changes = {"status": [self.image.value("status"), status]}
                self.image.put("status", status, event.at)
                row = Logged(0, event.at, "status_changed", self.image.id, event.actor_id)
                row.changes = changes
                return [event_of(row)]
        return []


def _waves(rows: Sequence[Logged]) -> Iterator[tuple[datetime, list[Logged]]]:
    """What was one batch: all that was not done by rules, and each link of their chains."""
    depth = lambda row: row.depth if row.cause_rule_version_id else 0  # noqa: E731 - a key
    for _depth, wave in groupby(rows, key=depth):
        its = list(wave)
        yield its[-1].at, its


def _is_reopening(row: Logged, rows: Sequence[Logged]) -> bool:
    """Done by the product in the name of the client who wrote in the same unit of work."""
    return (
        row.kind == "status_changed"
        and row.cause_rule_version_id is None
        and row.cause_counter_id is None
        and any(
            one.kind == "client_replied" and one.actor_id == row.actor_id and one.id < row.id
            for one in rows
        )
    )


def _beside(name: str, seen: Any, before: Any, after: Any) -> Any:
    """A change made to another value than there was: of tags those put on and taken off."""
    if name != "tags":
        return after
    put_on, taken_off = set(after) - set(before or ()), set(before or ()) - set(after)
    return sorted((set(seen or ()) | put_on) - taken_off)
