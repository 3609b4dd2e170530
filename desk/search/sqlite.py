"""Full text of cases on SQLite: FTS5 over stems, external content."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, column, select, table, text
from sqlalchemy.dialects.sqlite import insert

from core.db import db, put_rows
from desk.search.fleeting import twins
from models.search import SearchWord

_PUT_CASE = text("INSERT INTO case_fts (rowid, stems) VALUES (:id, :stems)")
_DROP_CASE = text("INSERT INTO case_fts (case_fts, rowid, stems) VALUES ('delete', :id, :stems)")
_REBUILD_CASES = text("INSERT INTO case_fts (case_fts) VALUES ('rebuild')")


def put_cases(stems: Mapping[int, str]) -> None:
    put_rows(_PUT_CASE, [{"id": n, "stems": its} for n, its in stems.items()])


def drop_cases(stems: Mapping[int, str]) -> None:
    put_rows(_DROP_CASE, [{"id": n, "stems": its} for n, its in stems.items()])


def rebuild_cases() -> None:
    db.session.execute(_REBUILD_CASES)


def case_ids(stems: Sequence[str], beginning: str, most: int) -> Select[int]:
    words = [_any_form(stem) for stem in stems]
    words += [_any_form(beginning, f'"{beginning}"*')] if beginning else []
    rowid = column("rowid", Integer).label("case_id")
    matching = text("case_fts MATCH :words").bindparams(words=" AND ".join(words))
    found = select(rowid).select_from(table("case_fts")).where(matching)
    return found.order_by(rowid.desc()).limit(most)


def _any_form(stem: str, *more: str) -> str:
    return "(" + " OR ".join([*(f'"{each}"' for each in twins(stem)), *more]) + ")"


def count_words(rows: Sequence[Mapping[str, Any]]) -> None:
    put = insert(SearchWord)
    counted = put.on_conflict_do_update(
        index_elements=["locale", "audience", "stem"],
        set_={
            "articles": SearchWord.articles + put.excluded.articles,
            "number": put.excluded.number,
        },
    )
    db.session.execute(counted, list(rows))
