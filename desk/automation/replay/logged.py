"""Events of the past, and those that rules would have led to, without a row for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from desk import events
from models import EventRecord

Pairs = Mapping[str, list[Any]]


@dataclass(slots=True)
class Logged:
    """What `events.Event` asks of its record."""

    id: int
    at: datetime
    kind: str
    case_id: int
    actor_id: int
    unit: str = ""
    cause_event_id: int | None = None
    cause_rule_version_id: int | None = None
    cause_counter_id: int | None = None
    depth: int = 0
    changes: Pairs = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


def event_of(
    record: Logged, chain: tuple[int, ...] = (), cause: events.Event | None = None
) -> events.Event:
    kind = events.KINDS.get(record.kind, events.Event)
    return kind(record=cast(EventRecord, record), chain=chain, cause=cause)
