"""Only who says "available" gets work by routing."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand
from models import Presence

AVAILABLE = Presence.AVAILABLE


class Present(Filter):
    key = "present"
    phrases = {
        Presence.ASSIGNED_ONLY: N_("takes only what people assign"),
        Presence.AWAY: N_("away from the desk"),
        Presence.OFF: N_("not signed in"),
    }

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        if agent.presence == AVAILABLE:
            return None
        return Reason(self.key, (str(agent.presence),))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrases[Presence(str(values[0]))])
