"""Who has had nothing in hand for the longest; when nobody is idle, the least loaded."""

from datetime import UTC, datetime

from core.i18n import N_, _, format_time
from desk.dispatcher.agent import Agent
from desk.dispatcher.mode import Mode, Rank, share
from desk.dispatcher.work import Demand

IDLE, BUSY = 0, 1


class LongestIdle(Mode):
    """Rank: IDLE and the second since when; or BUSY, load as a share of the limit, given today."""

    key = "longest_idle"
    label = N_("The longest idle")
    phrase = N_("idle since %(since)s")
    phrase_of_busy = N_("busy, load %(used)s of %(slots)s")

    def rank(self, agent: Agent, work: Demand) -> Rank:
        if agent.idle_since is not None:
            return IDLE, int(agent.idle_since.timestamp())
        load = share(agent.used(work.channel), agent.limit(work.channel).slots)
        return BUSY, load, agent.given_today

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        if rank[0] == BUSY:
            return _(self.phrase_of_busy, used=used, slots=slots)
        return _(self.phrase, since=format_time(datetime.fromtimestamp(rank[1], UTC)))
