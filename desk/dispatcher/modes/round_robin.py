"""In turns: whose last work was given the longest ago."""

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.mode import Mode, Rank
from desk.dispatcher.work import Demand


class RoundRobin(Mode):
    """Rank: number of the hand-out that gave them work last. A number, because several are made
    at one instant."""

    key = "round_robin"
    label = N_("In turns")
    phrase = N_("last given by hand-out no. %(number)s, load %(used)s of %(slots)s")
    phrase_of_first = N_("given nothing yet, load %(used)s of %(slots)s")

    def rank(self, agent: Agent, work: Demand) -> Rank:
        return (agent.last_given,)

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        if not rank[0]:
            return _(self.phrase_of_first, used=used, slots=slots)
        return _(self.phrase, number=rank[0], used=used, slots=slots)
