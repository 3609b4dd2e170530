"""Who serves certain categories of clients gets these."""

from datetime import datetime

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.filter import Filter
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class ServesCategory(Filter):
    """One category in common is enough; a client of none goes to who serves all."""

    key = "category"
    phrase = N_("serves other categories of clients, not %(categories)s")
    phrase_for_none = N_("serves certain categories of clients, and this one is of none")

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        if not agent.categories or agent.categories & work.categories:
            return None
        return Reason(self.key, tuple(sorted(work.categories)))

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        if not values:
            return _(self.phrase_for_none)
        said = [names("category", int(value or 0)) for value in values]
        return _(self.phrase, categories=", ".join(said))
