"""Which articles of a language have a stem and how often, in memory: an inverted index. Pure.

10 million entries of 100,000 articles take 50 MB; the common words of a question are looked up in
all of them in a few milliseconds, so both databases find and order alike.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.readers import NOBODY, number_of

_ENTRY = np.dtype([("key", "<u4"), ("often", "u1")])
_PARTS = 16  # that are sorted one after the other: sorting all at once takes twice the memory
_SPARE = 256
BATCH = 4_000

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


def pack(keys: Numbers, often: Numbers) -> bytes:
    made = np.empty(len(often), _ENTRY)
    made["key"], made["often"] = keys, np.minimum(often, 255)
    return made.tobytes()


def unpacked(entries: bytes) -> list[tuple[int, int]]:
    """Keys of stems, and how often each stands there."""
    pairs: list[tuple[int, int]] = np.frombuffer(entries, _ENTRY).tolist()
    return pairs


class Postings:
    """Articles have places; one that was changed gets a new place, its old one is nobody's.

    Put into by one thread at a time; others may read meanwhile.
    """

    def __init__(self, rows: Iterable[Held]) -> None:
        """`rows` are taken one by one: together they would need as much memory again."""
        self.texts, self.lengths = np.zeros(0, np.int64), np.zeros(0, np.float32)
        self._audience = np.zeros(0, np.int32)
        self._place: dict[int, int] = {}
        self.count = 0
        entries = [self._begun(some) for some in batched(rows)]
        self._turn_round(
            np.concatenate([np.zeros(0, _ENTRY), *(each[0] for each in entries)]),
            np.concatenate([np.zeros(0, np.uint32), *(each[1] for each in entries)]),
        )
        self._added: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.added = 0

    def put(self, row: Held) -> None:
        old = self._place.get(row.text_id)
        if old is not None:
            self._audience[old] = number_of(NOBODY)
        if row.audience == NOBODY:
            return
        if self.count == len(self.texts):
            self._make_room(self.count + self.count // 8 + _SPARE)
        place = self.count
        self.texts[place], self.lengths[place] = row.text_id, row.length
        self._audience[place] = number_of(row.audience)
        for key, often in unpacked(row.entries):
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
        wanted = [number_of(each) for each in audiences]
        return np.isin(self._audience[:count], wanted)

    def _begun(self, rows: Sequence[Held]) -> tuple[Numbers, Numbers]:
        """Their entries, and the place of each."""
        places = np.arange(self.count, self.count + len(rows), dtype=np.uint32)
        counts = [len(row.entries) // _ENTRY.itemsize for row in rows]
        audience = [number_of(row.audience) for row in rows]
        self.texts = np.concatenate([self.texts, [row.text_id for row in rows]])
        self.lengths = np.concatenate(
            [self.lengths, np.array([r.length for r in rows], np.float32)]
        )
        self._audience = np.concatenate([self._audience, np.array(audience, np.int32)])
        self._place.update((row.text_id, self.count + at) for at, row in enumerate(rows))
        self.count += len(rows)
        joined = b"".join(row.entries for row in rows)
        return np.frombuffer(joined, _ENTRY), np.repeat(places, counts)

    def _turn_round(self, whole: Numbers, places: Numbers) -> None:
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


def batched(rows: Iterable[Held]) -> Iterator[list[Held]]:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        yield some


def grown(old: Numbers, rows: int) -> Numbers:
    """A copy with more rows, of zeros."""
    made = np.zeros((rows, *old.shape[1:]), old.dtype)
    made[: len(old)] = old
    return made
