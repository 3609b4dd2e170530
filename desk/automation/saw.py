"""What a run saw: its conditions asked once more of the ticket as it was then.

Rebuilt from the log, so nothing of it is stored with the decision. What no event tells, as the
client's categories, is that of today.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.db import db
from desk import events
from desk.automation.definition import root_of
from desk.automation.moment import Moment, occurrence_of
from desk.automation.replay import reading
from desk.automation.replay.facts import facts_of
from desk.automation.replay.image import Image
from desk.automation.replay.logged import Logged, event_of
from desk.automation.replay.tally import Tally
from desk.automation.replay.today import Today
from desk.automation.replay.walk import Walk
from desk.automation.ruleset import CompiledSet, compiled_rule
from desk.automation.verdicts import Verdict, verdict
from desk.catalog import catalog
from models import Case, Decision, RuleRun


def what_it_saw(run: RuleRun) -> Verdict | None:
    """None where the conditions can no longer be asked."""
    number = run.case_id
    event_id = db.session.get_one(Decision, run.decision_id).event_id
    rows = reading.events_of([number], reading.last_event()).get(number, [])
    first = next((row for row in rows if row.id == event_id), None)
    if first is None:
        return None
    before = [row for row in rows if row.id < _own_first(rows, run, first)]
    image = Image(number, Today([number]))
    image.kind = db.session.get_one(Case, number).kind
    _walk().remember(image, before)
    batch = [event_of(row) for row in before if _is_with(row, first)]
    occurrence = occurrence_of(
        [one for one in batch if isinstance(one, events.CaseEvent)], frozenset(), image.kind
    )
    definition = run.version.definition
    try:
        rule = compiled_rule(definition, 0, 0)
        moment = Moment(facts_of(image, occurrence), occurrence.changes, first.at)
        return verdict(root_of(definition), rule.conditions, moment)
    except Exception:  # a condition on something that was taken away
        return None


def _own_first(rows: Sequence[Logged], run: RuleRun, first: Logged) -> int:
    """The first event that came after it had asked: its own deed, or the next unit of work."""
    own = (
        row.id
        for row in rows
        if row.cause_rule_version_id == run.rule_version_id and row.cause_event_id == first.id
    )
    later = (row.id for row in rows if row.id > first.id and row.unit != first.unit)
    reacted = (
        row.id
        for row in rows
        if row.id > first.id and row.unit == first.unit and row.depth > first.depth
    )
    ends = [next(own, 0) or next(reacted, 0), next(later, 0)]
    return min(filter(None, ends), default=rows[-1].id + 1)


def _is_with(row: Logged, first: Logged) -> bool:
    """Of the same occurrence."""
    same = row.unit == first.unit and row.depth == first.depth
    return same and row.cause_event_id == first.cause_event_id


def _walk() -> Walk:
    return Walk(CompiledSet(()), Tally(ZoneInfo("UTC")), _is_staff, _is_staff)


def _is_staff(number: int) -> bool:
    return number in catalog().staff
