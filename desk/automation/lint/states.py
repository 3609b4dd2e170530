"""A made-up ticket that meets a branch of conditions: its fields, what happened, and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core import clock
from desk import events
from desk.automation.calendars import is_working_by
from desk.automation.facts import Facts
from desk.automation.fields import FIELDS, field_named
from desk.automation.lint.branches import tells
from desk.automation.lint.marks import ANY, Marks
from desk.automation.lint.texts import written
from desk.automation.lint.world import CHANGED, PAIR, Branch, Domain, World
from desk.automation.lint.writes import kind_of_change
from desk.automation.moment import Moment, Occurrence, occurrence_of
from desk.automation.subjects import CREATED, DIALOG, OF_DIALOGS, TICKET, subjects_of
from desk.catalog import catalog
from models import EventRecord, Priority, StatusCategory

HOURS = 24 * 14  # how far a time within or outside of calendars is looked for
MESSAGES = ("ticket_created", "client_replied", "agent_replied", "note_added")
NOT_FIELDS = ("created_at", "status_since", "last_client_at", "last_agent_at", "last_runs")


@dataclass(frozen=True)
class State:
    """`kind` is the event as a rule listens to it, `changes` what changed with it.

    `by_person`: a person changed these fields, so that rules leave them alone.
    """

    kind: str
    facts: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    now: datetime = field(default_factory=clock.now)
    by_person: bool = False
    is_automatic: bool = False

    @property
    def subject(self) -> str:
        return DIALOG if DIALOG in subjects_of([self.kind]) else TICKET

    @property
    def occurrence(self) -> Occurrence:
        kind = _EVENT_OF.get(self.kind, self.kind)
        first = {n: p for n, p in self.changes.items() if kind in CREATED or tells(kind, n)}
        later = [
            event_of(kind_of_change(name), {name: pair})
            for name, pair in self.changes.items()
            if name not in first
        ]
        data = {"message": 1, "automatic": self.is_automatic} if kind in MESSAGES else {}
        protected = frozenset(self.changes) if self.by_person else frozenset()
        happened = [event_of(kind, first, data), *later]
        return occurrence_of(happened, protected, subject=self.subject)

    @property
    def moment(self) -> Moment:
        return Moment(Facts(self.facts), self.changes, self.now)

    def by_somebody(self) -> "State":
        return replace(self, by_person=True)


_EVENT_OF = {name: kind for kind, name in OF_DIALOGS.items() if kind != "agent_replied"} | {
    "dialog_closed": "status_changed"
}


def event_of(
    kind: str,
    changes: Mapping[str, tuple[Any, Any]],
    data: Mapping[str, Any] | None = None,
    *,
    chain: tuple[int, ...] = (),
) -> events.Event:
    """An event that nobody stores."""
    record = EventRecord(kind=kind, changes=dict(changes), data=dict(data or {}), depth=len(chain))
    return events.KINDS[kind](record=record, chain=chain)


def state_of(branch: Branch, kind: str, world: World) -> State | None:
    """A branch as `branches.fitted` gives it; None where no ticket can be made up for it."""
    now = _now(branch.get("now"))
    facts = _usual(now) if now else {}
    changes: dict[str, tuple[Any, Any]] = {}
    for key in branch:
        name = key.removesuffix(PAIR)
        before, after = _values(branch, name, world.domain(name), facts.get(name))
        field_ = field_named(name)
        if after is None and name not in facts and field_ is None:
            return None
        if before != after:
            changes[name] = before, after
        facts |= _facts_for(name, after, now) if name != "now" else {}
    if kind in CREATED:
        started = {n: v for n, v in facts.items() if n not in NOT_FIELDS and v is not None}
        changes = {n: (None, v) for n, v in started.items() if _has_history(n)}
    return State(kind, facts, changes, now or clock.now()) if now else None


def _values(branch: Branch, name: str, domain: Domain | None, usual: Any) -> tuple[Any, Any]:
    """Before and after; as it usually is and unchanged where that is allowed."""
    now, pair = branch.get(name), branch.get(name + PAIR)
    if domain is None:
        after = _of_marks(name, now) if isinstance(now, Marks) else usual
        return (_another(after) if pair == CHANGED else after), after
    if isinstance(pair, int):
        mask = pair & domain.columns(now) if isinstance(now, int) else pair
        found = domain.pairs(mask & domain.same or mask)
        return next((each for each in found if each[1] == usual), found[0] if found else (None, 0))
    values = domain.values(now) if isinstance(now, int) else []
    after = usual if usual in values else values[0] if values else None
    return after, after


def _of_marks(name: str, marks: Marks) -> Any:
    field_ = field_named(name)
    if field_ is not None and field_.type.family == "set":
        chosen = [mark for mark in marks.chosen() if mark != ANY]
        spare = [value for value, _name in field_.type.options() if value not in marks.never]
        return chosen or (spare[:1] if marks.some else [])
    return written(marks) if field_ is not None and field_.type.family == "text" else None


def _another(value: Any) -> Any:
    return f"{value}…" if isinstance(value, str) else [] if value else ["…"]


def _usual(now: datetime) -> dict[str, Any]:
    """A new ticket from the portal, with nothing special about it."""
    fresh = catalog().first_status(StatusCategory.NEW).id
    known = {"status": fresh, "priority": int(Priority.NORMAL), "line": 1, "tags": []}
    known |= {"channel": "portal", "locale": "ru", "subject": "", "text": "", "last_runs": {}}
    return known | dict.fromkeys(("created_at", "status_since", "last_client_at"), now)


def _now(asked: Any) -> datetime | None:
    """An hour of the next weeks that is within and outside of the calendars that are named."""
    begin = clock.now()
    if not isinstance(asked, Marks):
        return begin
    for hours in range(HOURS):
        at = begin + timedelta(hours=hours)
        if all(is_working_by(int(str(one)), at) is True for one in asked.must) and all(
            is_working_by(int(str(one)), at) is False for one in asked.never
        ):
            return at
    return None


def _facts_for(name: str, value: Any, now: datetime | None) -> dict[str, Any]:
    """The facts that give a field this value; hours are counted from a time."""
    field_ = FIELDS.get(name)
    if field_ is None or field_.type.family != "hours" or now is None:
        return {name: value}
    read: list[str] = []
    field_.reader()(Moment(Facts(source=read.append), {}, now))
    at = now - timedelta(hours=value) if value is not None else None
    return {read[0]: at} if read else {name: value}


def _has_history(name: str) -> bool:
    field_ = field_named(name)
    return field_ is not None and field_.has_history
