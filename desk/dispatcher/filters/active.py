"""Who can't sign in any more gets nothing."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class Active(Filter):
    key = "active"
    is_final = True
    phrase = N_("no longer works here")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        return None if agent.is_active else Reason(self.key)

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrase)
