"""Which event of several that came at once a trigger heard: decisions are filed under the first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from core.db import db
from desk import events
from desk.automation.subjects import kinds_of, subject_of
from models import Case, EventRecord, RuleRun

Heard = Mapping[int, EventRecord]


def heard(rows: Iterable[tuple[RuleRun, Case, EventRecord]]) -> Heard:
    """By run: the first event of its batch that its version listens to; else the one it has."""
    given = list(rows)
    open_ = [row for row in given if not _listens(*row)]
    later = _after(event for _run, _case, event in open_)
    found = {run.id: event for run, _case, event in given}
    for run, case, event in open_:
        same = (each for each in later[event.case_id, event.unit] if each.id > event.id)
        found[run.id] = next((each for each in same if _listens(run, case, each)), event)
    return found


def _listens(run: RuleRun, case: Case, event: EventRecord) -> bool:
    on = run.version.definition.get("on")
    names = kinds_of(events.of(event), subject_of(case))
    return isinstance(on, list) and not set(names).isdisjoint(on)


def _after(first: Iterable[EventRecord]) -> Mapping[tuple[int | None, str], list[EventRecord]]:
    """The events of these cases since, in their order, by case and unit."""
    found: dict[tuple[int | None, str], list[EventRecord]] = defaultdict(list)
    given = list(first)
    if given:
        query = select(EventRecord).where(
            EventRecord.case_id.in_({event.case_id for event in given}),
            EventRecord.id > min(event.id for event in given),
            EventRecord.unit.in_({event.unit for event in given}),
        )
        for event in db.session.scalars(query.order_by(EventRecord.id)):
            found[event.case_id, event.unit].append(event)
    return found
