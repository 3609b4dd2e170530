"""What the search reads: the analysed text of articles and cases, and the words known.

All of it is derived from other tables and can be made anew by `desk.search.index.reindex_all()` and
`desk.search.cases.reindex_cases()`. `create_search_tables(connection)` makes the tables of this
module and, per engine, `article_fts` and `case_fts`: FTS5 tables over the columns below (external
content) on SQLite; on PostgreSQL tables of the same name with the key, a tsvector and a GIN index.
"""

from typing import cast

from sqlalchemy import Connection, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base

_TOKENS = "tokenize=\"unicode61 remove_diacritics 0 tokenchars ''''\""
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS article_fts USING fts5(title, aliases, topic, body,"
    f" content='article_index', content_rowid='text_id', {_TOKENS})",
    "CREATE VIRTUAL TABLE IF NOT EXISTS case_fts USING fts5(stems,"
    f" content='case_index', content_rowid='case_id', {_TOKENS})",
)
_POSTGRESQL = (
    "CREATE TABLE IF NOT EXISTS article_fts (text_id integer NOT NULL, words tsvector NOT NULL,"
    " CONSTRAINT pk_article_fts PRIMARY KEY (text_id))",
    "CREATE INDEX IF NOT EXISTS ix_article_fts_words ON article_fts USING gin (words)"
    " WITH (fastupdate = off)",
    "CREATE TABLE IF NOT EXISTS case_fts (case_id integer NOT NULL, words tsvector NOT NULL,"
    " CONSTRAINT pk_case_fts PRIMARY KEY (case_id))",
    "CREATE INDEX IF NOT EXISTS ix_case_fts_words ON case_fts USING gin (words)"
    " WITH (fastupdate = off)",
)


class ArticleIndex(Base):
    """A searchable article text: the stems of its fields, and the plain text that snippets show."""

    __tablename__ = "article_index"
    __table_args__ = (Index("ix_article_index_scope", "locale", "audience", "length"),)

    text_id: Mapped[int] = mapped_column(
        ForeignKey("article_text.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    locale: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(16))
    length: Mapped[int]
    title: Mapped[str]
    aliases: Mapped[str]
    topic: Mapped[str]
    body: Mapped[str]
    plain: Mapped[str]


class SearchWord(Base):
    """In how many articles a stem occurs, and a word that has it, to show what was understood."""

    __tablename__ = "search_word"

    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    audience: Mapped[str] = mapped_column(String(16), primary_key=True)
    stem: Mapped[str] = mapped_column(String(64), primary_key=True)
    word: Mapped[str] = mapped_column(String(64))
    articles: Mapped[int]


class CaseIndex(Base):
    """The different stems of a case's subject and messages."""

    __tablename__ = "case_index"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stems: Mapped[str]


TABLES = [cast(Table, model.__table__) for model in (ArticleIndex, SearchWord, CaseIndex)]


def create_search_tables(connection: Connection) -> None:
    """Make what is missing; the tables of articles and cases must be there."""
    Base.metadata.create_all(connection, tables=TABLES)
    sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def drop_search_tables(connection: Connection) -> None:
    """The virtual ones; those of the models go with the other tables of the migration."""
    for name in ("case_fts", "article_fts"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
