"""The one way to change a case: applied and recorded, so a row equals the fold of its events."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import bus, clock, numbers
from core.db import db
from desk import events
from desk.catalog import catalog
from desk.catalog import changed as catalog_changed
from models import (
    Case,
    CounterActor,
    DispatcherActor,
    EventRecord,
    Participant,
    RuleActor,
    StatusCategory,
    Tag,
)

# A field as rules and history name it -> the column that holds it.
COLUMNS = {
    "status": "status_id",
    "assignee": "assignee_id",
    "group": "group_id",
    "line": "line",
    "type": "type_id",
    "topic": "topic_id",
    "priority": "priority",
    "direction": "direction_id",
    "requester": "requester_id",
    "subject": "subject",
    "channel": "channel",
    "locale": "locale",
}


@dataclass(frozen=True)
class Cause:
    """Why the product itself acts: the event it reacts to, and the rule, counter or dispatcher."""

    event: events.Event | None = None
    rule_version_id: int | None = None
    rule_id: int | None = None
    counter_id: int | None = None
    dispatcher: bool = False
    led_by: tuple[int, ...] = ()  # rules that led to it, where the event does not tell them all

    @property
    def depth(self) -> int:
        return self.event.depth + 1 if self.event else 0

    @property
    def chain(self) -> tuple[int, ...]:
        before = self.led_by or (self.event.chain if self.event else ())
        return (*before, self.rule_id) if self.rule_id else before


_cause: ContextVar[Cause | None] = ContextVar("cause", default=None)


@contextmanager
def because(cause: Cause) -> Iterator[None]:
    """Everything recorded inside carries this cause."""
    token = _cause.set(cause)
    try:
        yield
    finally:
        _cause.reset(token)


def value_of(case: Case, name: str) -> Any:
    """The present value as events keep it: ids, numbers, sorted tag names."""
    if name == "tags":
        return sorted(case.tag_names)
    if name.startswith("field."):
        return case.fields.get(name.removeprefix("field."))
    return getattr(case, COLUMNS[name])


def snapshot(case: Case) -> dict[str, Any]:
    """All fields of a case as events keep them; equals the fold of its events."""
    values = {name: value_of(case, name) for name in (*COLUMNS, "tags")}
    return values | {f"field.{key}": value for key, value in case.fields.items()}


def fold(records: list[EventRecord]) -> dict[str, Any]:
    """The fields of a case as its events, oldest first, say they are."""
    values: dict[str, Any] = {}
    for record in records:
        values |= {name: after for name, (_, after) in record.changes.items()}
    return values


def change(
    case: Case, *, by: Participant | None = None, data: Mapping[str, Any] | None = None, **to: Any
) -> bool:
    """Set fields to new values, one event for each that really changes. True if any did.

    Names as in COLUMNS, `tags` (list of names), or `fields={key: value}` for custom fields.
    """
    custom = to.pop("fields", {})
    wanted = to | {f"field.{key}": value for key, value in custom.items()}
    done = False
    for name, after in wanted.items():
        before = value_of(case, name)
        after = sorted(set(after)) if name == "tags" else after
        if before != after:
            kind = events.FIELD_EVENTS.get(name, events.CustomFieldChanged)
            record(kind, case, by=by, changes={name: [before, after]}, data=data)
            done = True
    return done


def record(
    kind: type[events.Event],
    case: Case | None = None,
    *,
    by: Participant | None = None,
    changes: Mapping[str, list[Any]] | None = None,
    data: Mapping[str, Any] | None = None,
) -> events.Event:
    """Apply `changes` ({field: [before, after]}) to the case, log the event and publish it.

    `by` None means that the product acts: what the cause under way says.
    """
    at = clock.now()
    if case is not None:
        for name, (_, after) in (changes or {}).items():
            _apply(case, name, after)
        case.updated_at = at
        case.version += 1
    return _logged(kind, case, by, at, changes or {}, data or {})


def record_beginning(
    kind: type[events.Event], case: Case, *, by: Participant, data: Mapping[str, Any]
) -> events.Event:
    """The first event of a case that was just inserted: the row is as the event leaves it."""
    changes = {name: [None, value] for name, value in snapshot(case).items()}
    return _logged(kind, case, by, case.updated_at, changes, data)


def _logged(
    kind: type[events.Event],
    case: Case | None,
    by: Participant | None,
    at: datetime,
    changes: Mapping[str, list[Any]],
    data: Mapping[str, Any],
) -> events.Event:
    cause = _cause.get() or Cause()
    row = EventRecord(
        id=numbers.next_of(EventRecord),
        at=at,
        kind=kind.kind,
        unit=bus.unit().id,
        case_id=case.id if case else None,
        actor_id=(by or actor_of(cause)).id,
        cause_event_id=cause.event.id if cause.event else None,
        cause_rule_version_id=cause.rule_version_id,
        cause_counter_id=cause.counter_id,
        depth=cause.depth,
        changes=dict(changes),
        data=dict(data),
    )
    db.session.add(row)
    event = kind(record=row, chain=cause.chain, cause=cause.event)
    bus.publish(event)
    return event


def acting() -> Participant:
    """Who acts when no person does: what the cause under way says."""
    return actor_of(_cause.get() or Cause())


def actor_of(cause: Cause) -> Participant:
    """The standing participant that rules, counters or the dispatcher act as."""
    kind: type[Participant] = RuleActor
    if cause.dispatcher:
        kind = DispatcherActor
    elif cause.counter_id and not cause.rule_id:
        kind = CounterActor
    notes = bus.unit().notes
    if kind.__name__ not in notes:
        notes[kind.__name__] = db.session.query(kind).order_by(kind.id).first()
    found: Participant | None = notes[kind.__name__]
    if found is None:
        raise LookupError("the database has no reference data; run the command init")
    return found


def _apply(case: Case, name: str, value: Any) -> None:
    if name == "tags":
        case.tags = [tag_named(each) for each in value]
    elif name.startswith("field."):
        case.fields = {**case.fields, name.removeprefix("field."): value}
    else:
        setattr(case, COLUMNS[name], value)
        if name == "status":
            _follow_status(case, value)


def _follow_status(case: Case, status_id: int) -> None:
    """Keep the columns that repeat the status for the indexes."""
    at = clock.now()
    category = StatusCategory(catalog().statuses[status_id].category)
    case.category = category
    case.is_open = category.is_open
    case.status_since = at
    if category.is_open:
        case.solved_at = None
    elif case.solved_at is None:
        case.solved_at = at


def tag_named(name: str) -> Tag:
    """The tag of this name, made when there is none."""
    found = db.session.query(Tag).filter_by(name=name).one_or_none()
    if found is None:
        found = Tag(name=name)
        db.session.add(found)
        catalog_changed()
    return found
