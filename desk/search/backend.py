"""What a database engine must offer to the search, and which one is in use."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Select

from core.db import db
from desk.search import postgresql, sqlite


class FullText(Protocol):
    """The part of the search that differs by engine."""

    def put_cases(self, stems: Mapping[int, str]) -> None: ...

    def drop_cases(self, stems: Mapping[int, str]) -> None:
        """`stems` as they were put."""

    def rebuild_cases(self) -> None:
        """Bring the full text of cases back to what case_index has."""

    def case_ids(self, stems: Sequence[str], beginning: str, most: int) -> Select[int]:
        """The newest cases that have all the stems and, unless empty, a word that begins so.

        A word with a vowel that comes and goes counts in each of its forms (see `fleeting`).
        """

    def count_words(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of search_word; where there is one, add to its number."""


ENGINES: Mapping[str, FullText] = {"sqlite": sqlite, "postgresql": postgresql}


def full_text() -> FullText:
    return ENGINES[db.engine.dialect.name]
