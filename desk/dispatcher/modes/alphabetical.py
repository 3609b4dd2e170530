"""The first in the alphabet who has a free slot."""

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.mode import Mode, Rank
from desk.dispatcher.work import Demand


class Alphabetical(Mode):
    """Rank: nothing, so that the alphabet decides."""

    key = "alphabetical"
    label = N_("Strictly alphabetical among those with a free slot")
    phrase = N_("by the alphabet, load %(used)s of %(slots)s")

    def rank(self, agent: Agent, work: Demand) -> Rank:
        return ()

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        return _(self.phrase, used=used, slots=slots)
