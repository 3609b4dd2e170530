"""What the search reads: the analysed text of articles and cases, and the words known.

All of it is derived from other tables and can be made anew by `desk.search.index.reindex_all()` and
`desk.search.anew.reindex_cases()`. Beside these tables the migration makes, per engine,
`article_fts` and `case_fts`: FTS5 tables over the columns below (external content) on SQLite; on
PostgreSQL tables of the same name with the key, a tsvector and a GIN index.
"""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


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
