"""Who is confined to directions gets work of these."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class OfDirection(Filter):
    key = "direction"
    phrase = N_("works with other directions, not with “%(direction)s”")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        if work.direction is None or not agent.directions or work.direction in agent.directions:
            return None
        return Reason(self.key, (work.direction,))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrase, direction=names("direction", int(values[0] or 0)))
