"""Asking for a hand-out: after the commit, in a unit of its own, so that no client's message and no
agent's click waits for it or fails with it. What is lost on the way is caught up by the sweep."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from core import bus
from desk.catalog import catalog
from desk.routing import handing

log = logging.getLogger("liniya.routing")


@dataclass
class Wanted:
    """`fresh` = cases that came into a queue: if they are not given, it is written down why."""

    groups: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)


def hand_out_later(groups: Iterable[int] | None = None, fresh: Iterable[int] = ()) -> None:
    """In these groups; in all of them for None. Once a unit, however often it is asked for."""
    notes = bus.unit().notes
    if "hand out" not in notes:
        notes["hand out"] = asked = Wanted()
        bus.after_commit(lambda: _hand_out(asked))
    wanted: Wanted = notes["hand out"]
    wanted.groups.update(catalog().groups if groups is None else groups)
    wanted.fresh.update(fresh)


def _hand_out(asked: Wanted) -> None:
    try:
        handing.hand_out(asked.groups, fresh=asked.fresh)
    except Exception:  # what was asked for is committed and answered; the sweep comes in seconds
        log.exception("work could not be handed out in the groups %s", sorted(asked.groups))
