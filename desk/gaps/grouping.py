"""What was asked, put together by what it means; by its words where meanings are not known."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from desk.gaps.asked import Asked
from desk.search.analysis import LITTLE, terms
from desk.search.meaning import encoder

ALIKE = 0.62  # cosine of two questions that mean the same
SHARED = 0.5  # of the words of both
AT_ONCE = 32  # sentences that are encoded while searches wait
LONGEST = 400  # letters


class Group(NamedTuple):
    """Asked in so many ways; the first is what most people said. `seed` = the place of the
    decided gap that it belongs to, else None."""

    asked: list[Asked]
    seed: int | None

    @property
    def people(self) -> int:
        return len({each.who for each in self.asked})


def groups(asked: Sequence[Asked], seeds: Sequence[str] = ()) -> list[Group]:
    """Each thing asked is put to the likest group there is, or begins one. The biggest first."""
    texts = list(dict.fromkeys([*seeds, *(each.said for each in asked)]))
    if not texts:
        return []
    alike = _by_meaning(texts) if encoder.is_loaded() else _by_words(texts)
    place = {text: at for at, text in enumerate(texts)}
    leaders = [place[seed] for seed in seeds]
    found = [Group([], at) for at in range(len(seeds))]
    for said, its in _by_text(asked):
        at = place[said]
        near = alike(at, leaders)
        if len(leaders) and near.max() >= 1:
            found[int(near.argmax())].asked.extend(its)
        else:
            leaders.append(at)
            found.append(Group(list(its), None))
    return sorted((one for one in found if one.asked), key=lambda one: -one.people)


def _by_text(asked: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    """What most people said first: it leads its group."""
    held: dict[str, list[Asked]] = {}
    for each in asked:
        held.setdefault(each.said, []).append(each)
    return sorted(held.items(), key=lambda one: -len({each.who for each in one[1]}))


def _by_meaning(texts: Sequence[str]) -> Any:
    batches = (texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE))
    vectors = np.vstack([encoder.encode([one[:LONGEST] for one in batch]) for batch in batches])

    def alike(at: int, leaders: Sequence[int]) -> Any:
        """1 and more for those that mean the same."""
        return vectors[leaders] @ vectors[at] / ALIKE if leaders else np.zeros(0)

    return alike


def _by_words(texts: Sequence[str]) -> Any:
    stems = [frozenset(terms(text[:LONGEST])) - LITTLE for text in texts]

    def alike(at: int, leaders: Sequence[int]) -> Any:
        own = stems[at]
        shares = [len(own & stems[each]) / max(len(own | stems[each]), 1) for each in leaders]
        return np.array(shares) / SHARED

    return alike
