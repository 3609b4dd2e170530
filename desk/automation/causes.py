"""What happened at one time, put together by who or what brought it about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from core.i18n import _, locale
from desk import events
from desk.automation import undelivered
from desk.automation.moment import occurrence_of
from desk.automation.told import Told, mails
from desk.deadlines.policies import effects_told
from models import EventRecord, ParticipantKind, RuleVersion


@dataclass(frozen=True)
class Cause:
    """A person, a trigger or the step of a counter, and what it did.

    `said` are its events in words; for a counter `effects` tell instead what became of its step.
    """

    who: str
    said: list[str] = field(default_factory=list)
    effects: list[Told] = field(default_factory=list)
    is_counter: bool = False


def batches(
    records: Iterable[EventRecord], decided: frozenset[int]
) -> dict[int, list[EventRecord]]:
    """The events of one case in the order of their ids, by the id of the first of each batch.

    A batch is what rules saw as one occurrence. It ends where a decision was made about the next
    event, where what rules did begins or ends, and with the unit of work.
    """
    found: dict[int, list[EventRecord]] = {}
    batch: list[EventRecord] = []
    for record in records:
        if not batch or record.id in decided or _begins(record, batch):
            batch = found[record.id] = []
        batch.append(record)
    return found


def _begins(record: EventRecord, batch: Sequence[EventRecord]) -> bool:
    """Whether it came of what is in the batch, or of none of the rules that the batch is from."""
    last = batch[-1]
    if record.unit != last.unit:
        return True
    if record.cause_rule_version_id is None:
        return last.cause_rule_version_id is not None
    return record.cause_event_id in {each.id for each in batch}


def causes_of(
    batch: Sequence[EventRecord],
    versions: Mapping[int, RuleVersion],
    lost: undelivered.Lost = undelivered.NONE,
) -> list[Cause]:
    """In the order in which they came; what was taken back within the batch is left out."""
    alive = occurrence_of([events.of(record) for record in batch]).events
    grouped = groupby(alive, key=lambda event: _key(event.record))
    return [_cause(list(its), versions, lost) for _same, its in grouped]


def _key(record: EventRecord) -> tuple[int | None, ...]:
    return record.actor_id, record.cause_rule_version_id, record.cause_counter_id


def _cause(
    its: Sequence[events.Event], versions: Mapping[int, RuleVersion], lost: undelivered.Lost
) -> Cause:
    first = its[0]
    if isinstance(first, events.CounterFired):
        deed = f"{first.id}:counter{first.record.cause_counter_id or 0}"
        told = effects_told(first.data, lost, deed)
        return Cause(_counter(first), effects=told + notices(its), is_counter=True)
    version = versions.get(first.record.cause_rule_version_id or 0)
    said = [event.sentence() for event in its]
    if version is not None:
        return Cause(_("Trigger “%(name)s”", name=version.rule.name), said)
    actor = first.record.actor
    is_counter = actor.kind == ParticipantKind.COUNTER
    return Cause(_("Counter") if is_counter else actor.name, said, is_counter=is_counter)


def _counter(fired: events.CounterFired) -> str:
    name = fired.data["names"].get(locale()) or fired.data["name"]
    return _("Counter “%(name)s”, step %(n)s", name=name, n=fired.data["step"] + 1)


def notices(its: Iterable[events.Event]) -> list[Told]:
    """Mails that told the staff of what a rule or counter did, sent or held back."""
    kept = [event.data["notices"] for event in its if "notices" in event.data]
    return [line for receipts in kept for line in mails(receipts, _("Notice by mail"))]
