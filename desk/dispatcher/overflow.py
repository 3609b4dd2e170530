"""What waits too long goes to another group, and to each group once: a circle ends by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from core.i18n import N_, _
from desk.dispatcher.queue import Queue
from desk.dispatcher.reason import Names

PHRASE_OF_CIRCLE = N_("overflow goes in a circle: %(groups)s")


@dataclass(frozen=True)
class Overflow:
    """After waiting that long in a group, to this one."""

    after: timedelta
    to: int


Overflows = Mapping[int, Overflow]  # by the group that is left


class Moved(NamedTuple):
    """A case that went on to another group; `waited` in the one it left."""

    case_id: int
    from_group: int
    to_group: int
    waited: timedelta


def overflow(queue: Queue, overflows: Overflows, at: datetime) -> list[Moved]:
    """Move what has waited long enough, the longest first in each group. It waits anew where it
    comes to, keeps its age, and is given by the next hand-out."""
    moved: list[Moved] = []
    late = [
        (work, rule.to)
        for group, rule in sorted(overflows.items())
        for work in queue.waiting_since(group, at - rule.after)
    ]
    for work, to in late:
        if to == work.group or to in work.been:
            continue
        queue.put(replace(work, group=to, queued_at=at, been=(*work.been, work.group)))
        moved.append(Moved(work.case_id, work.group, to, at - work.since))
    return moved


def circles(overflows: Overflows) -> list[tuple[int, ...]]:
    """Groups that overflow into each other, each circle once, from its lowest number on."""
    found = {_circle(group, overflows) for group in overflows}
    return sorted(found - {()})


def circle_told(circle: tuple[int, ...], names: Names) -> str:
    """In the reader's language, back to where it began."""
    groups = " → ".join(names("group", group) for group in (*circle, circle[0]))
    return _(PHRASE_OF_CIRCLE, groups=groups)


def _circle(start: int, overflows: Overflows) -> tuple[int, ...]:
    """The circle that the way from a group ends in; empty where it ends."""
    way: list[int] = []
    group = start
    while group not in way:
        if group not in overflows:
            return ()
        way.append(group)
        group = overflows[group].to
    circle = way[way.index(group) :]
    lowest = circle.index(min(circle))
    return (*circle[lowest:], *circle[:lowest])
