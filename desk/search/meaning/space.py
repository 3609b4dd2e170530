"""The centres of all articles of a language in memory, and which of them are near a vector.

51 MB for 100,000 texts, looked through from end to end in 10 ms: exact, and no index to keep.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import func, select

from core import garbage
from core.db import db, streamed, table
from desk import revision
from desk.readers import number_of
from desk.search.meaning.catching_up import REVISION
from desk.search.meaning.encoder import SIZE, Vectors
from desk.search.meaning.head import Head
from desk.search.meaning.packing import Packed, packed
from desk.search.postings import grown
from models.search import ArticleVector

BLOCK = 2048  # rows that are compared at once: a block fits into the cache
FIRST_ROOM = 256
_ROWS = table(ArticleVector)


class Space:
    """Rows are added and replaced in place, by one thread at a time; others may read meanwhile."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.texts = 0
        self.head = Head(locale)
        self._rows: dict[int, int] = {}
        self._centres = np.zeros((FIRST_ROOM, SIZE), np.int8)
        self._scale = np.zeros(FIRST_ROOM, np.float32)
        self._audience = np.zeros(FIRST_ROOM, np.int32)
        self._texts = np.zeros(FIRST_ROOM, np.int64)

    def nearest(self, vector: Vectors, audiences: Sequence[str], most: int) -> list[int]:
        """The texts whose centres are nearest, of those that these audiences may read."""
        count = self.texts
        near = np.empty(count, np.float32)
        for start in range(0, count, BLOCK):
            block = self._centres[start : min(start + BLOCK, count)]
            near[start : start + len(block)] = block.astype(np.float32) @ vector
        near *= self._scale[:count]
        near[~self._is_for(audiences, count)] = -np.inf
        best = np.argpartition(-near, most)[:most] if count > most else np.arange(count)
        ordered = sorted(best.tolist(), key=lambda row: (-near[row], self._texts[row]))
        return [int(self._texts[row]) for row in ordered if near[row] > -np.inf]

    def catch_up(self, since: int) -> None:
        """Read what was put after this revision."""
        newer = select(_ROWS.c.text_id, _ROWS.c.audience, _ROWS.c.centre).where(
            _ROWS.c.locale == self.locale, _ROWS.c.number > since
        )
        read = 0
        for row in streamed(newer):
            self._put(row.text_id, row.audience, packed(row.centre)[0])
            read += 1
        if read:
            self.head.refresh(self.texts, read)

    def _is_for(self, audiences: Sequence[str], count: int) -> Any:
        wanted = [number_of(each) for each in audiences]
        return np.isin(self._audience[:count], wanted)

    def _put(self, text: int, audience: str, centre: Packed) -> None:
        row = self._rows.get(text)
        if row is None:
            row = self.texts
            if row == len(self._texts):
                self._make_room(row + row // 4 + FIRST_ROOM)
        self._centres[row] = centre
        self._scale[row] = 1 / max(float(np.linalg.norm(centre.astype(np.float32))), 1e-9)
        self._audience[row] = number_of(audience)
        self._texts[row] = text
        if text not in self._rows:
            self._rows[text] = row
            self.texts += 1

    def _make_room(self, rows: int) -> None:
        """New arrays: who reads the old ones goes on with them."""
        self._centres = grown(self._centres, rows)
        self._scale = grown(self._scale, rows)
        self._audience = grown(self._audience, rows)
        self._texts = grown(self._texts, rows)


def space(locale: str) -> Space:
    """As of the revision in force. Texts that are no more may still be in it."""
    return revision.followed(REVISION, locale, lambda: _loaded(locale), _follow)


def _loaded(locale: str) -> Space:
    made = Space(locale)
    made.catch_up(-1)
    garbage.give_back()
    return made


def _follow(known: Space, since: int) -> bool:
    """False where many texts were deleted: they would take the places of others."""
    counted = select(func.count()).select_from(_ROWS).where(_ROWS.c.locale == known.locale)
    if known.texts > 1.1 * (db.session.scalar(counted) or 0) + FIRST_ROOM:
        return False
    known.catch_up(since)
    return True
