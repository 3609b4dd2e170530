"""A counter as sentences: what it waits for, on which tickets, what it does and when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from core.i18n import _
from core.when import working
from desk import events
from desk.automation.pieces import Piece, Sentence, filled, joined
from desk.automation.sentences import sentence_of_actions, sentence_of_conditions
from desk.catalog import catalog
from desk.deadlines.kinds import KINDS
from desk.deadlines.kinds.custom import BY_TRIGGER, became


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A counter, saved or being written; as models.CounterPolicyVersion keeps its parts. Of one
    that is written the limit may be none so far: zero."""

    kind: str
    limit: timedelta
    calendar_id: int | None
    conditions: Mapping[str, Any]
    pause: Iterable[int]
    targets: Iterable[Mapping[str, Any]] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


def sentence_of(said: Spoken) -> Sentence:
    """What it waits for; works for a draft too, whatever is missing in it."""
    template = _(KINDS[said.kind].waits) if said.kind in KINDS else "%(limit)s"
    parts = [
        filled(template, limit=said_amount(said.limit) if said.limit else _("(no amount given)")),
        *_starts_and_stops(said.options),
        *_targets(said.targets),
        filled(_(", by the calendar “%(calendar)s”"), calendar=_calendar(said.calendar_id)),
    ]
    statuses = [(Piece(catalog().name_of("status", each), "value"),) for each in said.pause]
    if statuses:
        listed = joined(statuses, ", ", _(" or "))
        parts.append(filled(_(", not counting the status %(statuses)s"), statuses=listed))
    asked = sentence_of_conditions(said.conditions) if said.conditions else ()
    if asked:
        parts.append(filled(_("; for tickets where %(conditions)s"), conditions=asked))
    return tuple(piece for part in parts for piece in part)


def event_names() -> dict[str, str]:
    """What a counter with an own start and stop can be started and stopped by; a change of status
    also by the status that it becomes, in use or not any more."""
    named = {BY_TRIGGER: _("a trigger or a step that says so")}
    for key, event in events.KINDS.items():
        if event.label and issubclass(event, events.CaseEvent):
            named[key] = _(event.label)
        if event is events.StatusChanged:
            rows = catalog().statuses.values()
            named |= {became(r.id): _("Status became “%(name)s”", name=r.name) for r in rows}
    return named


def _starts_and_stops(options: Mapping[str, Any]) -> Iterator[Sentence]:
    starts, stops = (_events(options.get(name, ())) for name in ("starts", "stops"))
    if starts or stops:
        nothing = (Piece("…"),)
        text = _(" (starts: %(starts)s; stops: %(stops)s)")
        yield filled(text, starts=starts or nothing, stops=stops or nothing)


def _events(chosen: Iterable[str]) -> Sentence:
    names = event_names()
    return joined([(Piece(names.get(key, key), "value"),) for key in chosen], ", ", _(" or "))


def _targets(targets: Iterable[Mapping[str, Any]]) -> Iterator[Sentence]:
    """The limits of their own, in brackets."""
    said = [
        filled(
            _("%(who)s: %(limit)s"),
            who=_who(each),
            limit=said_amount(timedelta(minutes=each["minutes"])),
        )
        for each in targets
    ]
    if said:
        yield (Piece(" ("), *joined(said, "; ", "; "), Piece(")"))


def _who(target: Mapping[str, Any]) -> Sentence:
    asked = []
    for name, text in (("priority", _("priority %(names)s")), ("category", _("client %(names)s"))):
        ids = target.get({"priority": "priorities", "category": "categories"}[name], ())
        if ids:
            names = [(Piece(_name(name, each), "value"),) for each in ids]
            asked.append(filled(text, names=joined(names, ", ", _(" or "))))
    return joined(asked, ", ", ", ")


def _name(what: str, number: int) -> str:
    if what == "priority":
        return catalog().name_of("priority", number)
    row = catalog().categories.get(number)
    return row.name if row else _("removed (%(id)s)", id=number)


def steps_of(steps: Sequence[Mapping[str, Any]], limit: timedelta) -> list[tuple[str, Sentence]]:
    """When, as seen from the limit, and what is done then; in the order of time."""
    ordered = sorted(steps, key=lambda step: step["after"])
    return [
        (when(timedelta(minutes=step["after"]), limit), sentence_of_actions(step["then"]))
        for step in ordered
    ]


def when(after: timedelta, limit: timedelta) -> str:
    if after == limit:
        return _("at the limit")
    if after < limit:
        return _("%(time)s before the limit", time=said_amount(limit - after))
    return _("%(time)s after the limit", time=said_amount(after - limit))


def said_amount(amount: timedelta) -> str:
    """Working time."""
    return working(amount.total_seconds())


def _calendar(calendar_id: int | None) -> str:
    row = catalog().calendars.get(calendar_id or 0)
    return row.name if row else "…"
