"""Full text on PostgreSQL: the same stems in a tsvector; no dictionary of its own."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    cast,
    column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from core.db import db, plain_rows, put_rows
from desk.search.digest import ALIASES, BODY, TITLE, TOPIC
from desk.search.fleeting import twins
from models.search import ArticleIndex, CaseIndex, SearchWord

_ARTICLES = table("article_fts", column("text_id", Integer), column("words", TSVECTOR))
_CASES = table("case_fts", column("case_id", Integer), column("words", TSVECTOR))
_CANDIDATES = text("""
    SELECT text_id FROM article_fts JOIN article_index USING (text_id)
    WHERE words @@ CAST(:words AS tsquery) AND locale = :locale AND audience = ANY(:audiences)
    ORDER BY (
        SELECT sum(idf * ts_rank(CAST(:weights AS real[]), words, stem))
        FROM unnest(CAST(:each AS tsquery[]), CAST(:idf AS real[])) AS wanted (stem, idf)
    ) DESC, text_id LIMIT :limit
""")
_WEIGHTS = [each / TITLE for each in (BODY, TOPIC, ALIASES, TITLE)]  # labels D, C, B, A
_BATCH = 500
_PUT_CASE = _CASES.insert()
_DROP_CASES = _CASES.delete().where(_CASES.c.case_id.in_(bindparam("cases", expanding=True)))


def candidates(
    stems: Mapping[str, float], locale: str, audiences: Sequence[str], limit: int
) -> Sequence[int]:
    values = {
        "words": " | ".join(f"'{stem}'" for stem in stems),
        "each": [f"'{stem}'" for stem in stems],
        "idf": list(stems.values()),
        "weights": _WEIGHTS,
        "locale": locale,
        "audiences": list(audiences),
        "limit": limit,
    }
    return [row[0] for row in plain_rows(_CANDIDATES, values)]


def put_article(row: ArticleIndex) -> None:
    values = {"text_id": row.text_id, "words": _article_vector(row)}
    db.session.execute(_ARTICLES.insert(), values)


def drop_article(row: ArticleIndex) -> None:
    db.session.execute(_ARTICLES.delete().where(_ARTICLES.c.text_id == row.text_id))


def put_cases(stems: Mapping[int, str]) -> None:
    rows = [{"case_id": number, "words": _case_vector(its)} for number, its in stems.items()]
    put_rows(_PUT_CASE, rows)


def drop_cases(stems: Mapping[int, str]) -> None:
    db.session.execute(_DROP_CASES, {"cases": list(stems)})


def rebuild_articles() -> None:
    """Deleted, not truncated: who searches meanwhile finds what there was."""
    db.session.execute(_ARTICLES.delete())
    articles = db.session.scalars(select(ArticleIndex).execution_options(yield_per=_BATCH))
    for batch in articles.partitions():
        rows = [{"text_id": row.text_id, "words": _article_vector(row)} for row in batch]
        db.session.execute(_ARTICLES.insert(), rows)


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
        set_={"articles": SearchWord.articles + put.excluded.articles},
    )
    db.session.execute(counted, list(rows))


def _any_form(stem: str, *more: str) -> str:
    return "(" + " | ".join([*(f"'{each}'" for each in twins(stem)), *more]) + ")"


def _article_vector(row: ArticleIndex) -> str:
    place = count(1)
    return " ".join(
        f"'{stem}':{next(place)}{label}"
        for field, label in (
            (row.title, "A"),
            (row.aliases, "B"),
            (row.topic, "C"),
            (row.body, "D"),
        )
        for stem in field.split()
    )


def _case_vector(stems: str) -> str:
    return " ".join(f"'{stem}'" for stem in stems.split())
