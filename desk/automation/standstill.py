"""When all triggers were stopped, and by whom: what happened then was not looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from core.db import db
from models import Case, EventRecord

LATEST = 1_000  # changes of settings that are looked at


@dataclass(frozen=True)
class Standstill:
    """`first` and `last`: ids of the events that began and ended it; 0 = it goes on."""

    first: int
    at: datetime
    who: str
    last: int = 0

    def holds(self, number: int) -> bool:
        return self.first < number and (not self.last or number < self.last)

    @property
    def clause(self) -> ColumnElement[bool]:
        begun = EventRecord.id > self.first
        return begun & (EventRecord.id < self.last) if self.last else begun


def standstills() -> list[Standstill]:
    """In their order."""
    query = (
        select(EventRecord)
        .where(EventRecord.kind == "settings_changed")
        .options(joinedload(EventRecord.actor))
        .order_by(EventRecord.id.desc())
        .limit(LATEST)
    )
    found: list[Standstill] = []
    for row in reversed(db.session.scalars(query).all()):
        if row.data.get("what") != "rules_stopped":
            continue
        if row.data["after"]:
            found.append(Standstill(row.id, row.at, row.actor.name))
        elif found:
            begun = found.pop()
            found.append(Standstill(begun.first, begun.at, begun.who, row.id))
    return found


def passed_over(case: Case, stops: Sequence[Standstill]) -> ColumnElement[bool]:
    """The first event of each unit of work on a case that no trigger heard of."""
    units = (
        select(func.min(EventRecord.id))
        .where(EventRecord.case_id == case.id, or_(*(each.clause for each in stops)))
        .group_by(EventRecord.unit)
    )
    return EventRecord.id.in_(units)
