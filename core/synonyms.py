"""Groups of words and phrases that stand for one another, whatever their forms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.roots import root
from core.text import folded, words

MAX_ALTERNATIVES = 40  # of one phrase; three words with a dozen synonyms each would be thousands


class _Way(NamedTuple):
    """One way of saying what a group says."""

    group: int
    roots: tuple[str, ...]
    said: tuple[str, ...]


class Synonyms:
    """Asked for a phrase, gives it in all ways that the groups know, itself first."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._ways: dict[int, list[_Way]] = {}
        self._by_first: dict[str, list[_Way]] = defaultdict(list)
        for number, group in enumerate(groups):
            said = (tuple(words(phrase)) for phrase in group)
            ways = [_Way(number, tuple(map(root, each)), each) for each in said if each]
            self._ways[number] = ways
            for way in ways:
                self._by_first[way.roots[0]].append(way)

    def alternatives(self, phrase: str) -> list[str]:
        """A phrase that no group touches is given back as it was written."""
        said = tuple(words(phrase))
        if not any(root(word) in self._by_first for word in said):
            return [phrase]
        known = {tuple(map(folded, said)): None}
        waiting = [(said, 0)]
        for now, since in waiting:  # grows while it is walked through
            for then, after in self._changed(now, since):
                plain = tuple(map(folded, then))
                if len(known) < MAX_ALTERNATIVES and plain not in known:
                    known[plain] = None
                    waiting.append((then, after))
        return [phrase, *(" ".join(each) for each in list(known)[1:])]

    def _changed(self, said: tuple[str, ...], since: int) -> Iterable[tuple[tuple[str, ...], int]]:
        """One place from `since` on said otherwise; what was put in is not changed again."""
        roots = tuple(map(root, said))
        for at in range(since, len(roots)):
            for way in self._by_first.get(roots[at], ()):
                end = at + len(way.roots)
                if roots[at:end] == way.roots:
                    for other in self._ways[way.group]:
                        if other is not way:
                            yield (*said[:at], *other.said, *said[end:]), at + len(other.said)


NO_SYNONYMS = Synonyms()
