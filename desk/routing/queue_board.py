"""What waits in which group, in its order: places, expected times, why nobody gets it now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.db import db, plain_rows
from core.i18n import N_, _
from desk import access, dispatcher
from desk.catalog import catalog
from desk.dispatcher import Agent, Pace, Work
from desk.routing import handing, roster, works
from desk.routing.explained import Told, told
from desk.routing.names import named
from models import Case, Group, Participant, Routing, Staff, Waiting

SHOWN = 50  # of a group
HOUR = timedelta(hours=1)
NEEDS_SKILL = N_("%(skill)s, level %(level)s")


@dataclass(frozen=True)
class Entry:
    """One that waits. `expected` = how long it will wait still as things go, None: nobody knows."""

    work: Work
    place: int
    subject: str
    client: str
    told: Told
    waits: timedelta
    expected: timedelta | None

    @property
    def needs(self) -> list[str]:
        """Skills that it asks for, in words."""
        found = self.work.needs.items()
        return [_(NEEDS_SKILL, skill=named("skill", skill), level=level) for skill, level in found]


@dataclass(frozen=True)
class Queued:
    """The queue of one group. `hidden` = entries among those looked at that the reader may not see;
    `more` = behind them."""

    group: Group
    entries: Sequence[Entry]
    count: int
    hidden: int
    pace: Pace

    @property
    def more(self) -> int:
        return max(self.count - SHOWN, 0)


def board(who: Staff, group_id: int | None = None) -> list[Queued]:
    """Groups in which something waits, in their usual order."""
    counts = counted()
    groups = [number for number in catalog().groups if number in counts]
    if group_id is not None:
        groups = [number for number in groups if number == group_id]
    people = {agent.id: agent for agent in roster.agents(roster.members_of(groups))}
    return [_queued(number, counts[number], people, who) for number in groups]


def counted() -> dict[int, int]:
    """{group: how many wait}."""
    query = select(Waiting.group_id, func.count()).group_by(Waiting.group_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _queued(number: int, count: int, people: dict[int, Agent], who: Staff) -> Queued:
    found = works.queue_of([number], SHOWN)
    seen = _seen([work.case_id for work in found], who)
    members = [people[each] for each in catalog().members.get(number, ()) if each in people]
    mode, now = handing.modes().get(number, dispatcher.DEFAULT), clock.now()
    pace = pace_in(number)
    entries = [
        Entry(
            work=work,
            place=place,
            subject=seen[work.case_id].subject,
            client=seen[work.case_id].name,
            told=told(dispatcher.choose(work, members, mode, now)),
            waits=now - work.since,
            expected=pace.expected(place),
        )
        for place, work in enumerate(found, 1)
        if work.case_id in seen
    ]
    return Queued(catalog().groups[number], entries, count, len(found) - len(entries), pace)


def _seen(ids: Collection[int], who: Staff) -> dict[int, Any]:
    query = access.visible_cases(who).where(Case.id.in_(ids))
    query = query.join(Participant, Participant.id == Case.requester_id)
    rows = plain_rows(query.with_only_columns(Case.id, Case.subject, Participant.name))
    return {row.id: row for row in rows}


def pace_in(group: int) -> Pace:
    """How fast the group has handed out what waited, in the last hour."""
    now = clock.now()
    query = select(Routing.at, Routing.since).where(
        Routing.group_id == group,
        Routing.chosen_id.is_not(None),
        Routing.at > now - HOUR,
        Routing.since < Routing.at,
    )
    given = [(row.at, row.since) for row in db.session.execute(query)]
    still = db.session.scalars(select(Waiting.since).where(Waiting.group_id == group)).all()
    stretches = _joined([(since, at) for at, since in given] + [(since, now) for since in still])
    return dispatcher.pace_of([at for at, _since in given], stretches, now)


def _joined(stretches: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Without overlaps."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def place_of(case: Case) -> tuple[int, timedelta | None] | None:
    """The place in the queue of its group and how long it will wait still; None where it waits for
    nobody."""
    row = db.session.get(Waiting, case.id)
    if row is None:
        return None
    ahead = works.ahead_of(case, row.group_id)
    return ahead + 1, pace_in(row.group_id).expected(ahead + 1)


def why_now(case: Case) -> Entry | None:
    """Of one that waits."""
    found = place_of(case)
    if found is None:
        return None
    (work,) = works.works_of([case.id])
    decision = handing.decided(work)
    waits = clock.now() - work.since
    place, expected = found
    return Entry(work, place, case.subject, case.requester.name, told(decision), waits, expected)
