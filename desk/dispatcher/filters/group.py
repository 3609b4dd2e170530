"""Only members of the group get its work."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class InGroup(Filter):
    key = "group"
    is_final = True
    phrase = N_("not in the group “%(group)s”")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        return None if work.group in agent.groups else Reason(self.key, (work.group,))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        return _(self.phrase, group=names("group", int(values[0] or 0)))
