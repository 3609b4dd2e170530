"""The default: the least loaded first; of equals, who was given less today; then the alphabet.

Without the count of the day the first in the alphabet get most at a low load (decision 0010).
"""

from core.i18n import N_, _
from desk.dispatcher.agent import Agent
from desk.dispatcher.mode import Mode, Rank, share
from desk.dispatcher.work import Demand


class LeastLoaded(Mode):
    """Rank: load as a share of the limit, given today."""

    key = "least_loaded"
    label = N_("The least loaded, then alphabetical")
    phrase = N_("load %(used)s of %(slots)s, given today: %(given)s")

    def rank(self, agent: Agent, work: Demand) -> Rank:
        channel = work.channel
        return share(agent.used(channel), agent.limit(channel).slots), agent.given_today

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        return _(self.phrase, used=used, slots=slots, given=rank[1])
