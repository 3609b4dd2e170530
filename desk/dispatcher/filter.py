"""One question that an agent must pass: the base of everything in filters/."""

from datetime import datetime

from desk.dispatcher.agent import Agent
from desk.dispatcher.reason import Names, Reason, Value
from desk.dispatcher.work import Demand


class Filter:
    """`is_final`: for whom it excludes, nothing else is worth asking."""

    key: str = ""
    is_final: bool = False

    def why_not(self, agent: Agent, work: Demand, at: datetime) -> Reason | None:
        """None for who passes. Looks at its arguments alone, and more load never makes one fit."""
        raise NotImplementedError

    def sentence(self, values: tuple[Value, ...], names: Names, at: datetime) -> str:
        """Of a reason given at that instant, in the reader's language."""
        raise NotImplementedError
