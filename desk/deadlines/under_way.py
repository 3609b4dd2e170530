"""Whether what a kind of counter waits for is still to come, whatever clock counted it or none."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from core import bus
from desk import events
from desk.automation.replay import reading
from desk.automation.replay.logged import event_of
from desk.deadlines.kinds import Happened
from desk.deadlines.kinds.happened import is_open_after
from desk.deadlines.policies import Policy
from models import Case


def waits_by(case: Case, last: int, group: Sequence[Policy]) -> bool:
    """By the log of the case up to its event `last`; `group` = counters that share the clock."""
    waits = is_open = False
    for happened in _units(case, last):
        is_open = _is_open(happened, is_open)
        waits = waits_after(waits, case, happened, group, is_open=is_open)
    return waits


def has_waited(case: Case, policy: Policy, since: datetime) -> bool:
    """Whether the same wait has gone on all the time since then."""
    for happened in _units(case, reading.last_event(), since):
        is_over = policy.its_kind.ends(case, happened, policy.options)
        if is_over or not _is_open(happened, True):
            return False
    return case.is_open


def waits_after(
    waits: bool, case: Case, happened: Happened, group: Sequence[Policy], *, is_open: bool
) -> bool:
    """The same after one more unit of work; as clocks begin and end in `follow`."""
    kind, options = group[0].its_kind, group[0].options
    if not is_open or any(_is_stop(event, group) for event in happened):
        return False
    if kind.begins(case, happened, options):
        return True
    return waits and not kind.stops(case, happened, options)


def _is_stop(event: events.CaseEvent, group: Sequence[Policy]) -> bool:
    """A trigger or a step said so."""
    mine = {each.id for each in group}
    return isinstance(event, events.CounterStopped) and event.data["policy"] in mine


def _is_open(happened: Happened, before: bool) -> bool:
    said = [event for event in happened if "status" in event.changes]
    return is_open_after(said[-1]) if said else before


def _units(case: Case, last: int, since: datetime | None = None) -> Iterator[Happened]:
    """What happened to the case, or after an instant, unit of work by unit of work."""
    bus.write_now()
    rows = reading.events_of([case.id], last).get(case.id, [])
    for _unit, its in groupby(rows, key=lambda row: row.unit or row.id):
        found = [event_of(row) for row in its if since is None or row.at > since]
        if found:
            yield [event for event in found if isinstance(event, events.CaseEvent)]
