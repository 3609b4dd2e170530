"""How near the meaning of a question is to that of an article."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from sqlalchemy import bindparam, select

from core.db import plain_rows, table
from desk.search.meaning import encoder
from desk.search.meaning.encoder import SIZE, Vectors
from desk.search.meaning.packing import packed, unpack
from desk.search.meaning.space import Space, space
from models.search import ArticleVector

LONGEST = 1_000  # letters of a question that are encoded
_NONE = bytes(SIZE)
_ROWS = table(ArticleVector)
_OF_TEXTS = select(_ROWS.c.text_id, _ROWS.c.wordings, _ROWS.c.passages).where(
    _ROWS.c.text_id.in_(bindparam("texts", expanding=True))
)


class Near(NamedTuple):
    """Cosines, up to 1: of the likest wording, of their middle, of the likest passage; and what
    the head says, about 1 for the article that was meant and 0 for others."""

    wording: float
    centre: float
    passage: float
    taught: float


class Question:
    """A question as a point in the space of a language."""

    def __init__(self, vector: Vectors, around: Space) -> None:
        self._vector, self._space = vector, around

    def nearest(self, audiences: Sequence[str], most: int) -> list[int]:
        return self._space.nearest(self._vector, audiences, most)

    def near(self, texts: Sequence[int]) -> dict[int, Near]:
        """Of those of the texts whose vectors are known."""
        rows = plain_rows(_OF_TEXTS, {"texts": list(texts)})
        if not rows:
            return {}
        wordings = _Shelf([row.wordings for row in rows], self._vector)
        sums = wordings.sums()
        lengths = np.linalg.norm(sums, axis=1)
        columns = (
            wordings.likest(),
            sums @ self._vector / np.maximum(lengths, 1e-9),
            _Shelf([row.passages for row in rows], self._vector).likest(),
            self._space.head.trust * (sums @ self._space.head.turned(self._vector)),
        )
        every = zip(*(column.tolist() for column in columns), strict=True)
        return {row.text_id: Near(*each) for row, each in zip(rows, every, strict=True)}


class _Shelf:
    """Vectors of several texts beneath each other; those of a text without any are one of zeros."""

    def __init__(self, data: Sequence[bytes], vector: Vectors) -> None:
        each = [some or _NONE for some in data]
        self._starts = np.cumsum([0, *(len(some) // SIZE for some in each[:-1])])
        self._vectors = unpack(packed(b"".join(each)))
        self._cosines = self._vectors @ vector

    def likest(self) -> Vectors:
        found: Vectors = np.maximum.reduceat(self._cosines, self._starts)
        return found

    def sums(self) -> Vectors:
        found: Vectors = np.add.reduceat(self._vectors, self._starts, axis=0)
        return found


def question(text: str, locale: str) -> Question | None:
    """None where nothing is known of meanings: no model, or no vectors in this language."""
    if not encoder.is_loaded() or not text.strip():
        return None
    around = space(locale)
    if not around.texts:
        return None
    return Question(encoder.encode([text[:LONGEST]])[0], around)
