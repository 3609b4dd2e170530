"""Each their share of the day's work: twice the weight gets twice as much."""

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.mode import WHOLE, Mode, Rank
from desk.dispatcher.work import Demand

WEIGHED, WEIGHTLESS = 0, 1


class ByWeight(Mode):
    """Rank: WEIGHED or, of who gets only what nobody else can take, WEIGHTLESS; given today in
    ten-thousandths of the weight; given today; weight."""

    key = "by_weight"
    label = N_("By weight")
    phrase = N_("given today: %(given)s, weight %(weight)s")

    def rank(self, agent: Agent, work: Demand) -> Rank:
        given, weight = agent.given_today, agent.weight
        if weight <= 0:
            return WEIGHTLESS, given, given, 0
        return WEIGHED, WHOLE * given // weight, given, weight

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        return _(self.phrase, given=rank[2], weight=rank[3])
