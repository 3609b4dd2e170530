"""Who had a dialog and did not answer it does not get it again."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class Answered(Filter):
    key = "answered"
    phrase = N_("had it and did not answer")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        return Reason(self.key) if agent.id in work.passed_over else None

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrase)
