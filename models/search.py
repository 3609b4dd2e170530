"""What the search reads: the analysed text of articles and cases, and the words known.

All of it is derived from other tables and can be made anew by `desk.search.index.reindex_all()` and
`desk.search.anew.reindex_cases()`. Beside these tables the migration makes, per engine, `case_fts`:
an FTS5 table over the stems below (external content) on SQLite; on PostgreSQL a table of the same
name with the key, a tsvector and a GIN index. Articles are looked up in memory.
"""

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class ArticleIndex(Base):
    """A searchable article text: stems of its fields, of the body those that begin it, and
    its plain text.

    `entries` = how often each stem stands in it, see desk.search.postings; `digest` changes with
    all that is read of it; `number` = the revision "search" that put it. One that may be read no
    more stays with the audience "" until its text is deleted: that is how others hear of it.
    """

    __tablename__ = "article_index"
    __table_args__ = (Index("ix_article_index_number", "locale", "number"),)

    text_id: Mapped[int] = mapped_column(
        ForeignKey("article_text.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    locale: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(16))
    length: Mapped[int]
    title: Mapped[str]
    aliases: Mapped[str]
    topic: Mapped[str]
    opening: Mapped[str]
    plain: Mapped[str]
    entries: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]


class ArticleVector(Base):
    """What an article text means, see desk.search.meaning: rows of 512 signed bytes.

    `wordings` = its title, title with topic, and other wordings; `centre` = their middle;
    `passages` = its body. Out of date when `digest` is not that of its ArticleIndex; `number` = the
    revision "meaning" that put it.
    """

    __tablename__ = "article_vector"

    text_id: Mapped[int] = mapped_column(
        ForeignKey("article_text.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    locale: Mapped[str] = mapped_column(String(8))
    audience: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(32))
    number: Mapped[int] = mapped_column(index=True)
    centre: Mapped[bytes] = mapped_column(LargeBinary)
    wordings: Mapped[bytes] = mapped_column(LargeBinary)
    passages: Mapped[bytes] = mapped_column(LargeBinary)


class SearchWord(Base):
    """In how many articles a stem occurs, and a word that has it, to show what was understood.

    `number` = the revision "search" that counted it last.
    """

    __tablename__ = "search_word"
    __table_args__ = (Index("ix_search_word_number", "locale", "number"),)

    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    audience: Mapped[str] = mapped_column(String(16), primary_key=True)
    stem: Mapped[str] = mapped_column(String(64), primary_key=True)
    word: Mapped[str] = mapped_column(String(64))
    articles: Mapped[int]
    number: Mapped[int]


class CaseIndex(Base):
    """The different stems of a case's subject and messages."""

    __tablename__ = "case_index"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stems: Mapped[str]
