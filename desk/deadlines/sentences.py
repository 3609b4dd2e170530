"""A counter as sentences: what it waits for, on which tickets, what it does and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from core.i18n import _
from core.when import NO_BREAK
from desk.automation.pieces import Piece, Sentence, filled, joined
from desk.automation.sentences import sentence_of_actions, sentence_of_conditions
from desk.catalog import catalog
from desk.deadlines.kinds import KINDS


def sentence_of(
    kind: str,
    *,
    limit: timedelta,
    calendar_id: int | None,
    conditions: Mapping[str, Any],
    pause: Iterable[int],
) -> Sentence:
    """What it waits for; works for a draft too, whatever is missing in it."""
    template = _(KINDS[kind].waits) if kind in KINDS else "%(limit)s"
    parts = [
        filled(template, limit=said_amount(limit)),
        filled(_(", by the calendar “%(calendar)s”"), calendar=_calendar(calendar_id)),
    ]
    statuses = [(Piece(catalog().name_of("status", each), "value"),) for each in pause]
    if statuses:
        listed = joined(statuses, ", ", _(" or "))
        parts.append(filled(_(", not counting the status %(statuses)s"), statuses=listed))
    said = sentence_of_conditions(conditions) if conditions else ()
    if said:
        parts.append(filled(_("; for tickets where %(conditions)s"), conditions=said))
    return tuple(piece for part in parts for piece in part)


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
    """Working time in hours and minutes: a working day has no fixed length."""
    minutes = int(amount.total_seconds()) // 60
    parts = []
    if minutes >= 60:
        parts.append(_("%(n)s h", n=minutes // 60))
    if minutes % 60 or not parts:
        parts.append(_("%(n)s min", n=minutes % 60))
    return " ".join(part.replace(" ", NO_BREAK) for part in parts)


def _calendar(calendar_id: int | None) -> str:
    row = catalog().calendars.get(calendar_id or 0)
    return row.name if row else "…"
