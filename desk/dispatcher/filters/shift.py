"""Only who is on shift gets work."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher import until
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class OnShift(Filter):
    key = "shift"
    phrase = N_("off shift until %(until)s")
    phrase_without_end = N_("off shift, and no shift is planned")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        shift = agent.shift_at(at)
        return None if shift.is_on else Reason(self.key, (until.kept(shift.until),))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        if values[0] is None:
            return _(self.phrase_without_end)
        return _(self.phrase, until=until.told(values[0], at))
