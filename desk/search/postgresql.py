"""Full text on PostgreSQL: the same stems in a tsvector; no dictionary of its own."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    cast,
    column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from core.db import db
from desk.search.ranking import ALIASES, BODY, TITLE, TOPIC
from models.search import ArticleIndex, CaseIndex, SearchWord

_ARTICLES = table("article_fts", column("text_id", Integer), column("words", TSVECTOR))
_CASES = table("case_fts", column("case_id", Integer), column("words", TSVECTOR))
_CANDIDATES = text("""
    SELECT text_id, length, title, aliases, topic, body FROM article_index JOIN (
        SELECT text_id, (
            SELECT sum(idf * ts_rank(CAST(:weights AS real[]), words, stem))
            FROM unnest(CAST(:each AS tsquery[]), CAST(:idf AS real[])) AS wanted (stem, idf)
        ) AS goodness
        FROM article_fts JOIN article_index USING (text_id)
        WHERE words @@ CAST(:words AS tsquery) AND locale = :locale AND audience = ANY(:audiences)
        ORDER BY goodness DESC, text_id LIMIT :limit
    ) AS found USING (text_id)
""")
_WEIGHTS = [each / TITLE for each in (BODY, TOPIC, ALIASES, TITLE)]  # labels D, C, B, A
_BATCH = 500


def candidates(
    stems: Mapping[str, float], locale: str, audiences: Sequence[str], limit: int
) -> Sequence[Any]:
    values = {
        "words": " | ".join(f"'{stem}'" for stem in stems),
        "each": [f"'{stem}'" for stem in stems],
        "idf": list(stems.values()),
        "weights": _WEIGHTS,
        "locale": locale,
        "audiences": list(audiences),
        "limit": limit,
    }
    return db.session.execute(_CANDIDATES, values).all()


def put_article(row: ArticleIndex) -> None:
    values = {"text_id": row.text_id, "words": _article_vector(row)}
    db.session.execute(_ARTICLES.insert(), values)


def drop_article(row: ArticleIndex) -> None:
    db.session.execute(_ARTICLES.delete().where(_ARTICLES.c.text_id == row.text_id))


def put_case(case_id: int, stems: str) -> None:
    db.session.execute(_CASES.insert(), {"case_id": case_id, "words": _case_vector(stems)})


def drop_case(case_id: int, stems: str) -> None:
    db.session.execute(_CASES.delete().where(_CASES.c.case_id == case_id))


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
    wanted = _query(stems, " & ", beginning)
    found = select(_CASES.c.case_id).where(_CASES.c.words.bool_op("@@")(wanted))
    return found.order_by(_CASES.c.case_id.desc()).limit(most)


def count_words(rows: Sequence[Mapping[str, Any]]) -> None:
    put = insert(SearchWord)
    counted = put.on_conflict_do_update(
        index_elements=["locale", "audience", "stem"],
        set_={"articles": SearchWord.articles + put.excluded.articles},
    )
    db.session.execute(counted, list(rows))


def _query(stems: Iterable[str], joined: str = "", beginning: str = "") -> ColumnElement[Any]:
    words = [f"'{stem}'" for stem in stems] + ([f"'{beginning}':*"] if beginning else [])
    return cast(joined.join(words), TSQUERY)


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
