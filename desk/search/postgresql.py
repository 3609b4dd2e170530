"""Full text of cases on PostgreSQL: the same stems in a tsvector; no dictionary of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    cast,
    column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from core.db import db, put_rows
from desk.search.fleeting import twins
from models.search import CaseIndex, SearchWord

_CASES = table("case_fts", column("case_id", Integer), column("words", TSVECTOR))
_BATCH = 500
_PUT_CASE = _CASES.insert()
_DROP_CASES = _CASES.delete().where(_CASES.c.case_id.in_(bindparam("cases", expanding=True)))


def put_cases(stems: Mapping[int, str]) -> None:
    rows = [{"case_id": number, "words": _case_vector(its)} for number, its in stems.items()]
    put_rows(_PUT_CASE, rows)


def drop_cases(stems: Mapping[int, str]) -> None:
    db.session.execute(_DROP_CASES, {"cases": list(stems)})


def rebuild_cases() -> None:
    """Rows of cases that are none, and of none that are: the words of others can't differ."""
    known = select(CaseIndex.case_id)
    db.session.execute(_CASES.delete().where(_CASES.c.case_id.not_in(known)))
    lost = select(CaseIndex).where(CaseIndex.case_id.not_in(select(_CASES.c.case_id)))
    for some in db.session.scalars(lost.execution_options(yield_per=_BATCH)).partitions():
        rows = [{"case_id": each.case_id, "words": _case_vector(each.stems)} for each in some]
        db.session.execute(_CASES.insert(), rows)


def case_ids(stems: Sequence[str], beginning: str, most: int) -> Select[int]:
    words = [_any_form(stem) for stem in stems]
    words += [_any_form(beginning, f"'{beginning}':*")] if beginning else []
    wanted = cast(" & ".join(words), TSQUERY)
    found = select(_CASES.c.case_id).where(_CASES.c.words.bool_op("@@")(wanted))
    return found.order_by(_CASES.c.case_id.desc()).limit(most)


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


def _any_form(stem: str, *more: str) -> str:
    return "(" + " | ".join([*(f"'{each}'" for each in twins(stem)), *more]) + ")"


def _case_vector(stems: str) -> str:
    return " ".join(f"'{stem}'" for stem in stems.split())
