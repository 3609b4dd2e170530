"""Many word conditions asked of one text: only those whose words stand in it are looked at.

Each phrase hangs on that word of it which fewest phrases have; a text is asked for these words,
and only phrases that hang on one of them are looked for in full, when somebody asks for them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from desk.automation.reading import Reading, read
from desk.automation.words import Words


class _Way(NamedTuple):
    """A way in which the condition with this number may be found to hold."""

    number: int
    needs: frozenset[str]
    look: Callable[[Reading], object]


class Likely(dict[int, list[_Way]]):
    """The conditions whose words stand in a text, by number; `holds` looks whether it says so."""

    def __init__(self, reading: Reading, denying: frozenset[int]) -> None:
        super().__init__()
        self._reading = reading
        self._denying = denying
        self._known: dict[int, bool] = {}

    def holds(self, number: int) -> bool:
        known = self._known.get(number)
        if known is None:
            found = any(way.look(self._reading) for way in self.get(number, ()))
            known = self._known[number] = found != (number in self._denying)
        return known


class WordIndex:
    """Built once for conditions that are asked of many texts."""

    def __init__(self, conditions: Sequence[Words]) -> None:
        self.denying = frozenset(at for at, one in enumerate(conditions) if one.mode == "none")
        ways = [way for at, one in enumerate(conditions) for way in _ways(at, one)]
        common = Counter(root for way in ways for root in way.needs)
        # With the way one more word that it needs: one look nearly always tells it is not there.
        by_root: dict[str, list[tuple[str, _Way]]] = defaultdict(list)
        for way in ways:
            first, *rest = sorted(way.needs, key=lambda root: (common[root], -len(root), root))
            by_root[first].append((rest[0] if rest else first, way))
        self._by_root = dict(by_root)
        self._sought = frozenset(map(intern, common))
        self._last: tuple[str | None, Likely] = (None, self.likely_in(read("")))

    def likely(self, text: str | None) -> Likely:
        """What can be said of a text; of the one asked about last it is known."""
        last, known = self._last
        if last is not text:
            known = self.likely_in(read(text or ""))
            self._last = (text, known)
        return known

    def likely_in(self, reading: Reading) -> Likely:
        there, by_root = reading.look_for(self._sought), self._by_root
        likely = Likely(reading, self.denying)
        for root in there:
            for other, way in by_root.get(root, ()):
                if other in there and way.needs <= there:
                    likely.setdefault(way.number, []).append(way)
        return likely

    def which(self, text: str) -> set[int]:
        """The numbers of the conditions that hold for a text; the same as asking each."""
        return self.which_in(read(text))

    def which_in(self, reading: Reading) -> set[int]:
        likely = self.likely_in(reading)
        return {number for number in {*likely, *self.denying} if likely.holds(number)}


def _ways(number: int, condition: Words) -> Iterator[_Way]:
    """One of them is enough; where all phrases are asked for, each stands for the whole."""
    if condition.mode == "all":
        # One phrase must be there, so its ways are enough to hang the condition on.
        for way in min(condition.finders, key=len):
            yield _Way(number, way.needs, condition.holds_in)
        return
    for ways in condition.finders:
        for way in ways:
            yield _Way(number, way.needs, way.look)
