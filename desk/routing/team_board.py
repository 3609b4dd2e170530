"""Who is here, on shift or absent, and how much everybody has in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock
from desk import dispatcher
from desk.catalog import catalog
from desk.dispatcher import Absence, Agent, Channel, Limit, Shift
from desk.routing import handing, roster
from desk.routing.names import named
from models import Group, Staff


@dataclass(frozen=True)
class Row:
    """One colleague now. `next_in` = groups in which plain work would come to them first."""

    person: Staff
    agent: Agent
    shift: Shift
    absence: Absence | None
    groups: Sequence[Group]
    next_in: Sequence[Group]

    def taken(self, channel: str) -> int:
        return self.agent.used(Channel(channel))

    def limit(self, channel: str) -> Limit:
        return self.agent.limit(Channel(channel))

    @property
    def stand_in(self) -> str:
        """The name; empty without one."""
        number = self.absence.stand_in if self.absence else None
        return named("agent", number) if number else ""

    @property
    def skills(self) -> list[tuple[str, int]]:
        """Names and levels."""
        return sorted((named("skill", skill), level) for skill, level in self.agent.skills.items())


@dataclass(frozen=True)
class OnLine:
    """The people of one line and how many slots for tickets they have in all."""

    line: int
    rows: Sequence[Row]

    @property
    def taken(self) -> int:
        return sum(row.taken(Channel.TICKET) for row in self.rows)

    @property
    def slots(self) -> int:
        return sum(row.limit(Channel.TICKET).slots for row in self.rows)


def board(group_id: int | None = None) -> list[OnLine]:
    """Everybody who works here, or in one group, by lines and names."""
    known, now = catalog(), clock.now()
    people = [person for person in known.staff.values() if person.is_active]
    if group_id is not None:
        people = [person for person in people if person.id in known.members.get(group_id, ())]
    agents = {agent.id: agent for agent in roster.agents([person.id for person in people])}
    first = _first_of_groups(agents, now)
    rows = [_row(person, agents[person.id], first, now) for person in people]
    lines = sorted({row.person.line for row in rows})
    by_name = sorted(rows, key=lambda row: row.agent.alphabetical)
    return [OnLine(line, [row for row in by_name if row.person.line == line]) for line in lines]


def _row(person: Staff, agent: Agent, first: Mapping[int, int | None], now: datetime) -> Row:
    groups = [group for group in catalog().groups.values() if group.id in agent.groups]
    return Row(
        person=person,
        agent=agent,
        shift=agent.shift_at(now),
        absence=agent.absence,
        groups=groups,
        next_in=[group for group in groups if first.get(group.id) == person.id],
    )


def _first_of_groups(agents: Mapping[int, Agent], now: datetime) -> dict[int, int | None]:
    """{group with a dispatcher: who would get a ticket that asks for nothing}."""
    found = {}
    for group, mode in handing.modes().items():
        work = dispatcher.Work(case_id=0, group=group, arrived_at=now)
        members = [agents[each] for each in catalog().members.get(group, ()) if each in agents]
        found[group] = dispatcher.choose(work, members, mode, now).chosen
    return found
