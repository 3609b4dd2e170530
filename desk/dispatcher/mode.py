"""A way to order those who could take a work: the base of everything in modes/."""

from desk.dispatcher.agent import Agent
from desk.dispatcher.work import Demand

Rank = tuple[int, ...]


class Mode:
    """`label` names it where the mode of a group is chosen."""

    key: str = ""
    label: str = ""

    def rank(self, agent: Agent, work: Demand) -> Rank:
        """The lowest comes first, equal ones in alphabetical order. Kept with the decision.

        Its first numbers decide; two of one mode can be compared.
        """
        raise NotImplementedError

    def sentence(self, used: int, slots: int, rank: Rank) -> str:
        """What ranked them so, in the reader's language."""
        raise NotImplementedError


def share(used: int, slots: int) -> int:
    """Load in ten-thousandths of the limit, all of it where there is no limit."""
    return WHOLE * used // slots if slots else WHOLE


WHOLE = 10_000
