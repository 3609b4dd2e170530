"""Full text on SQLite: FTS5 over stems, external content."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, bindparam, column, select, table, text
from sqlalchemy.dialects.sqlite import insert

from core.db import db, plain_rows, put_rows
from desk.search.digest import ALIASES, BODY, TITLE, TOPIC
from desk.search.fleeting import twins
from models.search import ArticleIndex, SearchWord

_CANDIDATES = text("""
    SELECT text_id FROM article_fts JOIN article_index ON text_id = article_fts.rowid
    WHERE article_fts MATCH :words AND locale = :locale AND audience IN :audiences
    ORDER BY bm25(article_fts, :w_title, :w_aliases, :w_topic, :w_body), text_id LIMIT :limit
""").bindparams(
    bindparam("audiences", expanding=True),
    w_title=TITLE,
    w_aliases=ALIASES,
    w_topic=TOPIC,
    w_body=BODY,
)
_PUT_ARTICLE = text(
    "INSERT INTO article_fts (rowid, title, aliases, topic, body)"
    " VALUES (:text_id, :title, :aliases, :topic, :body)"
)
_DROP_ARTICLE = text(
    "INSERT INTO article_fts (article_fts, rowid, title, aliases, topic, body)"
    " VALUES ('delete', :text_id, :title, :aliases, :topic, :body)"
)
_PUT_CASE = text("INSERT INTO case_fts (rowid, stems) VALUES (:id, :stems)")
_DROP_CASE = text("INSERT INTO case_fts (case_fts, rowid, stems) VALUES ('delete', :id, :stems)")
_REBUILD_ARTICLES = text("INSERT INTO article_fts (article_fts) VALUES ('rebuild')")
_REBUILD_CASES = text("INSERT INTO case_fts (case_fts) VALUES ('rebuild')")


def candidates(
    stems: Mapping[str, float], locale: str, audiences: Sequence[str], limit: int
) -> Sequence[int]:
    words = " OR ".join(f'"{stem}"' for stem in stems)
    values = {"words": words, "locale": locale, "audiences": list(audiences), "limit": limit}
    return [row[0] for row in plain_rows(_CANDIDATES, values)]


def put_article(row: ArticleIndex) -> None:
    db.session.execute(_PUT_ARTICLE, _fields(row))


def drop_article(row: ArticleIndex) -> None:
    db.session.execute(_DROP_ARTICLE, _fields(row))


def put_cases(stems: Mapping[int, str]) -> None:
    put_rows(_PUT_CASE, [{"id": n, "stems": its} for n, its in stems.items()])


def drop_cases(stems: Mapping[int, str]) -> None:
    put_rows(_DROP_CASE, [{"id": n, "stems": its} for n, its in stems.items()])


def rebuild_articles() -> None:
    db.session.execute(_REBUILD_ARTICLES)


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
        set_={"articles": SearchWord.articles + put.excluded.articles},
    )
    db.session.execute(counted, list(rows))


def _fields(row: ArticleIndex) -> dict[str, Any]:
    return {
        "text_id": row.text_id,
        "title": row.title,
        "aliases": row.aliases,
        "topic": row.topic,
        "body": row.body,
    }
