"""Mails that rules would have written, and which of them the brakes would have let go.

Cases are walked one after the other, the brakes ask what had gone by then to an address from the
whole desk: so all are gathered first, a few numbers each, and looked at in the order of time.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, MutableSequence, Sequence
from datetime import datetime
from typing import NamedTuple

from desk.automation import brakes

Times = MutableSequence[float]
OTHERS = 0  # stands for the rule of a mail that went in life and that no rule of the replay wrote


class Sent(NamedTuple):
    """`number` is its place among all that were put in."""

    number: int
    rule_id: int
    at: float


class Postbag:
    def __init__(self) -> None:
        self._at: Times = array("d")
        self._case, self._rule, self._to = array("q"), array("q"), array("q")
        self._addresses: dict[str, int] = {}

    def put(self, address: str, at: datetime, case_id: int, rule_id: int) -> int:
        """The number of the mail."""
        self._at.append(at.timestamp())
        self._case.append(case_id)
        self._rule.append(rule_id)
        self._to.append(self._addresses.setdefault(address, len(self._addresses)))
        return len(self._at) - 1

    def went(self, address: str, at: datetime, case_id: int) -> None:
        """A mail of life that the brakes count: it went whatever the rules are."""
        self.put(address, at, case_id, OTHERS)

    def sent(self) -> Iterator[Sent]:
        """Of the rules, in the order of time; what is held back does not count for those after."""
        to_address: dict[int, Times] = defaultdict(lambda: array("d"))
        of_case: dict[tuple[int, int], Times] = defaultdict(lambda: array("d"))
        for number in sorted(range(len(self._at)), key=self._at.__getitem__):
            at, to = self._at[number], self._to[number]
            over_all, its = to_address[to], of_case[to, self._case[number]]
            went = self._rule[number] == OTHERS
            is_over = _is_over(brakes.PER_CASE, its, at) or _is_over(brakes.OVER_ALL, over_all, at)
            if is_over and not went:
                continue
            over_all.append(at)
            its.append(at)
            if not went:
                yield Sent(number, self._rule[number], at)

    def __len__(self) -> int:
        """How many the rules put in."""
        return len(self._rule) - self._rule.count(OTHERS)


def _is_over(limits: Sequence[tuple[int, int]], sent: Times, at: float) -> bool:
    """As desk.automation.brakes counts; `sent` is in the order of time."""
    return any(
        len(sent) >= most and len(sent) - bisect_right(sent, at - minutes * 60) >= most
        for most, minutes in limits
    )
