"""Many word conditions asked of one text at once: only those whose words stand in it are looked at.

Each phrase hangs on that word of it which fewest phrases have; a text is asked for these words,
and only phrases that hang on one of them are looked for in full.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desk.automation.reading import Reading, read
from desk.automation.words import Words


class _Hung(NamedTuple):
    """A way in which the condition with this number may be found to hold."""

    number: int
    needs: frozenset[str]
    look: Callable[[Reading], object]


class WordIndex:
    """Built once for conditions that are asked of many texts."""

    def __init__(self, conditions: Sequence[Words]) -> None:
        self._denying = frozenset(at for at, one in enumerate(conditions) if one.mode == "none")
        ways = [way for at, one in enumerate(conditions) for way in _ways(at, one)]
        common = Counter(root for way in ways for root in way.needs)
        by_root: dict[str, list[_Hung]] = defaultdict(list)
        for way in ways:
            by_root[min(way.needs, key=lambda root: (common[root], -len(root), root))].append(way)
        self._by_root = dict(by_root)
        self._hooks = frozenset(by_root)

    def which(self, text: str) -> set[int]:
        """The numbers of the conditions that hold for a text; the same as asking each."""
        return self.which_in(read(text))

    def which_in(self, reading: Reading) -> set[int]:
        present, found = reading.present, set[int]()
        hung = [way for root in self._hooks & present for way in self._by_root[root]]
        likely = [way for way in hung if way.needs <= present]
        reading.look_for(frozenset().union(*(way.needs for way in likely)))
        for number, _needs, look in likely:
            if number not in found and look(reading):
                found.add(number)
        return found ^ self._denying


def _ways(number: int, condition: Words) -> Iterator[_Hung]:
    """One of them is enough; where all phrases are asked for, each stands for the whole."""
    if condition.mode == "all":
        # One phrase must be there, so its ways are enough to hang the condition on.
        for way in min(condition.finders, key=len):
            yield _Hung(number, way.needs, condition.holds_in)
        return
    for ways in condition.finders:
        for way in ways:
            yield _Hung(number, way.needs, way.look)
