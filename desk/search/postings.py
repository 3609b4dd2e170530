"""Which articles of a language have a stem and how often, in memory: an inverted index. Pure.

10 million entries of 100,000 articles take 50 MB; the common words of a question are looked up in
all of them in a few milliseconds, so both databases find and order alike.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.search.audiences import AUDIENCES, NOBODY

_ENTRY = np.dtype([("key", "<u4"), ("often", "u1")])
_PARTS = 16  # that are sorted one after the other: sorting all at once takes twice the memory
_SPARE = 256

Numbers = NDArray[Any]


class Held(NamedTuple):
    """An article as it is put: `entries` by `pack`, `length` in stems."""

    text_id: int
    audience: str
    length: int
    entries: bytes


@lru_cache(maxsize=1 << 17)
def key_of(stem: str) -> int:
    """The same in every process; of 150,000 stems one or two pairs share a key."""
    return zlib.crc32(stem.encode())


def pack(often: Mapping[str, int]) -> bytes:
    made = np.empty(len(often), _ENTRY)
    made["key"] = list(map(key_of, often))
    made["often"] = np.minimum(list(often.values()), 255)
    return made.tobytes()


class Postings:
    """Articles have places; one that was changed gets a new place, its old one is nobody's.

    Put into by one thread at a time; others may read meanwhile.
    """

    def __init__(self, rows: Sequence[Held]) -> None:
        self.count = len(rows)
        self.texts = np.array([row.text_id for row in rows], np.int64)
        self.lengths = np.array([row.length for row in rows], np.float32)
        self._audience = np.array([AUDIENCES.get(row.audience, NOBODY) for row in rows], np.int8)
        self._place = {row.text_id: place for place, row in enumerate(rows)}
        self._turn_round([row.entries for row in rows])
        self._added: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.added = 0

    def put(self, row: Held) -> None:
        old = self._place.get(row.text_id)
        if old is not None:
            self._audience[old] = NOBODY
        if row.audience not in AUDIENCES:
            return
        if self.count == len(self.texts):
            self._make_room(self.count + self.count // 8 + _SPARE)
        place = self.count
        self.texts[place], self.lengths[place] = row.text_id, row.length
        self._audience[place] = AUDIENCES[row.audience]
        for key, often in np.frombuffer(row.entries, _ENTRY).tolist():
            self._added[key].append((place, often))
        self._place[row.text_id] = place
        self.added += 1
        self.count = place + 1

    def of(self, stem: str) -> tuple[Numbers, Numbers]:
        """Places, each once, and how often the stem stands there."""
        key = key_of(stem)
        at = int(np.searchsorted(self._keys, key))
        if at < len(self._keys) and self._keys[at] == key:
            some = slice(self._starts[at], self._starts[at + 1])
            places, often = self._places[some], self._often[some]
        else:
            places, often = self._places[:0], self._often[:0]
        if added := self._added.get(key):
            new = np.array(added, np.uint32)
            places = np.concatenate([places, new[:, 0]])
            often = np.concatenate([often, new[:, 1].astype(np.uint8)])
        return places, often

    def place(self, text: int) -> int | None:
        return self._place.get(text)

    def readable(self, audiences: Iterable[str], count: int) -> Numbers:
        """Whether each of the first places may be read by one of these."""
        wanted = [AUDIENCES[each] for each in audiences]
        return np.isin(self._audience[:count], wanted)

    def _turn_round(self, entries: Sequence[bytes]) -> None:
        whole = np.frombuffer(b"".join(entries), _ENTRY)
        counts = [len(each) // _ENTRY.itemsize for each in entries]
        places = np.repeat(np.arange(len(entries), dtype=np.uint32), counts)
        self._places = np.empty(len(whole), np.uint32)
        self._often = np.empty(len(whole), np.uint8)
        keys, starts, done = [], [], 0
        part_of = (whole["key"] >> np.uint32(28)).astype(np.uint8)
        for part in range(_PARTS):
            chosen = np.flatnonzero(part_of == part)
            own = whole["key"][chosen]
            order = np.argsort(own, kind="stable")
            some = slice(done, done + len(chosen))
            self._places[some] = places[chosen][order]
            self._often[some] = whole["often"][chosen][order]
            unique, first = np.unique(own[order], return_index=True)
            keys.append(unique)
            starts.append(first + done)
            done += len(chosen)
        self._keys = np.concatenate(keys)
        self._starts = np.concatenate([*starts, [done]])

    def _make_room(self, places: int) -> None:
        """New arrays: who reads the old ones goes on with them."""
        self.texts = grown(self.texts, places)
        self.lengths = grown(self.lengths, places)
        self._audience = grown(self._audience, places)


def grown(old: Numbers, rows: int) -> Numbers:
    """A copy with more rows, of zeros."""
    made = np.zeros((rows, *old.shape[1:]), old.dtype)
    made[: len(old)] = old
    return made
