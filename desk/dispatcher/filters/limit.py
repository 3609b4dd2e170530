"""Nobody gets above the limit of the channel, with what the work weighs."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent, SetBy
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class BelowLimit(Filter):
    """Values: slots in use, slots of the limit, slots that the work takes, who set the limit."""

    key = "limit"
    phrases = {
        SetBy.GLOBAL: N_("limit: %(used)s of %(slots)s"),
        SetBy.GROUP: N_("limit of the group: %(used)s of %(slots)s"),
        SetBy.AGENT: N_("own limit: %(used)s of %(slots)s"),
    }
    phrase_of_heavy = N_("%(limit)s, and this takes %(weight)s")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        channel = work.channel
        (slots, set_by), used = agent.limit(channel), agent.used(channel)
        if used + work.slots <= slots:
            return None
        return Reason(self.key, (used, slots, work.slots, str(set_by)))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        used, slots, weight, set_by = values
        said = _(self.phrases[SetBy(str(set_by))], used=used, slots=slots)
        return said if weight == 1 else _(self.phrase_of_heavy, limit=said, weight=weight)
