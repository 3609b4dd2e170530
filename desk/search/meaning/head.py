"""What the wordings of articles teach: a ridge classifier in closed form over their vectors.

With X the vectors of all wordings and Y which article each belongs to, the best linear head is
(X'X + rI)^-1 X'Y. X'Y of an article is the sum of its wordings, so all that is kept is one matrix
of 512 x 512 which turns the question; any number of articles costs the same.
"""

import numpy as np
from sqlalchemy import func, select

from core.db import db, plain_rows, table
from desk.search.meaning.encoder import SIZE, Vectors
from desk.search.meaning.packing import packed, unpack
from models.search import ArticleVector

OWN = 2  # wordings that every article has: its title, and that with the topic
ENOUGH = 2.0  # other wordings an article, from which on what they teach counts in full
RIDGE = 2.0  # of the mean share of a dimension
SAMPLE = 4_000  # texts; the matrix of more differs in nothing that matters
_ROWS = table(ArticleVector)


class Head:
    """Of one language; `trust` is 0 to 1, by how many other wordings the articles have."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.trust = 0.0
        self._turn: Vectors = np.eye(SIZE, dtype=np.float32)
        self._changed = 0
        self._made = False

    def turned(self, vector: Vectors) -> Vectors:
        """What is compared with the sum of an article's wordings."""
        found: Vectors = self._turn @ vector
        return found

    def refresh(self, texts: int, changed: int) -> None:
        """Make it anew when much has changed since it was made."""
        self._changed += changed
        if not self._made or self._changed * 20 > texts:
            self._make(texts)
            self._changed, self._made = 0, True

    def _make(self, texts: int) -> None:
        own = _ROWS.c.locale == self.locale
        lengths = select(func.sum(func.length(_ROWS.c.wordings))).where(own)
        others = int(db.session.scalar(lengths) or 0) / SIZE - OWN * texts
        self.trust = min(1.0, max(0.0, others / max(texts, 1) / ENOUGH))
        if not self.trust:
            return
        every = max(1, texts // SAMPLE)
        rows = plain_rows(select(_ROWS.c.wordings).where(own, _ROWS.c.text_id % every == 0))
        square = np.zeros((SIZE, SIZE), np.float32)
        count = 0
        for row in rows:
            vectors = unpack(packed(row.wordings))
            square += vectors.T @ vectors
            count += len(vectors)
        square += RIDGE * count / SIZE * np.eye(SIZE, dtype=np.float32)
        self._turn = np.linalg.inv(square).astype(np.float32)
