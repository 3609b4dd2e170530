"""The agents of a hand-out, by group, with their load as the hand-out goes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from desk.dispatcher.agent import Agent
from desk.dispatcher.work import Work


class Roster:
    """Changes where it is told to; the agents in it do not, they are replaced."""

    def __init__(self, agents: Iterable[Agent] = ()) -> None:
        self._agents: dict[int, Agent] = {}
        self._groups: defaultdict[int, dict[int, Agent]] = defaultdict(dict)
        self._last_given = 0
        for agent in agents:
            self.put(agent)

    def __getitem__(self, agent_id: int) -> Agent:
        return self._agents[agent_id]

    def __iter__(self) -> Iterator[Agent]:
        return iter(self._agents.values())

    def members(self, group: int) -> Iterable[Agent]:
        """Nobody in a group that is not known."""
        known: Mapping[int, Agent] = self._groups.get(group, {})
        return known.values()

    def put(self, agent: Agent) -> None:
        """Add one, or say what has changed: presence, skills, groups, limits."""
        known = self._agents.get(agent.id)
        for group in (known.groups if known else frozenset()) - agent.groups:
            del self._groups[group][agent.id]
        for group in agent.groups:
            self._groups[group][agent.id] = agent
        self._agents[agent.id] = agent
        self._last_given = max(self._last_given, agent.last_given)

    def give(self, agent_id: int, work: Work) -> None:
        """Note that the agent has it in hand now."""
        agent = self._agents[agent_id]
        load = {**agent.load, work.channel: agent.used(work.channel) + work.slots}
        self.put(
            replace(
                agent,
                load=load,
                idle_since=None,
                given_today=agent.given_today + 1,
                last_given=self._last_given + 1,
            )
        )

    def free(self, agent_id: int, channel: str, slots: int, at: datetime) -> None:
        """Note that slots were freed. ValueError when that many are not in use."""
        agent = self._agents[agent_id]
        left = agent.used(channel) - slots
        if left < 0:
            raise ValueError(f"agent {agent_id}: {slots} {channel} slots freed of {left + slots}")
        load = {**agent.load, channel: left}
        is_idle = not any(load.values())
        self.put(replace(agent, load=load, idle_since=at if is_idle else None))
