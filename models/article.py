"""The FAQ: categories, articles with a text per language, versions, votes, searches."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.i18n import locale
from models.client import ClientCategory
from models.named import Bilingual
from models.participant import Participant


class ArticleState(StrEnum):
    """A draft is seen by editors, an internal article by staff, a published one by everybody."""

    DRAFT = "draft"
    PUBLISHED = "published"
    INTERNAL = "internal"


def wordings_of(aliases: str, learned: str) -> list[str]:
    """Other wordings of either sort, see ArticleText."""
    return [line.strip() for line in f"{aliases}\n{learned}".splitlines() if line.strip()]


class ArticleCategory(Bilingual, Base):
    """A section of the FAQ; `parent` = the one that it is part of.

    `readers` = the categories of clients that it is for, empty = everybody; see desk.readers.
    """

    __tablename__ = "article_category"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    icon: Mapped[str] = mapped_column(String(40), default="")
    about_ru: Mapped[str] = mapped_column(String(300), default="")
    about_en: Mapped[str] = mapped_column(String(300), default="")

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("article_category.id"))
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))

    articles: Mapped[list["Article"]] = relationship(
        back_populates="category", order_by="Article.position, Article.id"
    )
    parent: Mapped["ArticleCategory | None"] = relationship(remote_side=[id])
    readers: Mapped[list[ClientCategory]] = relationship(
        secondary="section_reader", order_by=ClientCategory.id
    )

    @property
    def about(self) -> str:
        return (self.about_en or self.about_ru) if locale() == "en" else self.about_ru


class SectionReader(Base):
    """For whom a section is."""

    __tablename__ = "section_reader"

    section_id: Mapped[int] = mapped_column(
        ForeignKey("article_category.id", ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[int] = mapped_column(ForeignKey("client_category.id"), primary_key=True)


class Article(Base):
    """`owner` looks after it, again at `review_at`, of which they were told at `reminded_at`; a
    draft is published at `publish_at`."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_shelf", "category_id", "state", "position", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("article_category.id"))
    state: Mapped[str] = mapped_column(String(16), default=ArticleState.DRAFT)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    views: Mapped[int] = mapped_column(default=0)
    helped: Mapped[int] = mapped_column(default=0)
    not_helped: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    review_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]

    category: Mapped[ArticleCategory] = relationship(back_populates="articles")
    texts: Mapped[list["ArticleText"]] = relationship(
        back_populates="article", cascade="all, delete-orphan", order_by="ArticleText.id"
    )
    votes: Mapped[list["ArticleVote"]] = relationship(
        back_populates="article", cascade="all, delete-orphan", order_by="ArticleVote.id"
    )

    @property
    def is_published(self) -> bool:
        return self.state == ArticleState.PUBLISHED

    def text_in(self, code: str) -> "ArticleText | None":
        """The text in exactly this language."""
        return next((text for text in self.texts if text.locale == code), None)

    def text_for(self, code: str) -> "ArticleText | None":
        """The text in this language, else in the one there is; compare `.locale` to say so."""
        return self.text_in(code) or next(iter(self.texts), None)


class OldAddress(Base):
    """A path, without a language, that leads on to where its section or article is now."""

    __tablename__ = "old_address"

    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("article_category.id", ondelete="CASCADE")
    )
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )

    category: Mapped[ArticleCategory | None] = relationship()
    article: Mapped[Article | None] = relationship()


class ArticleText(Base):
    """`body` is Markdown, `html` the same sanitised, `aliases` other wordings, one a line.

    `learned` = those that were taken from people who ask, see ArticleWording.
    """

    __tablename__ = "article_text"
    __table_args__ = (UniqueConstraint("article_id", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(8))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(250))
    body: Mapped[str]
    html: Mapped[str]
    summary: Mapped[str] = mapped_column(String(400), default="")
    aliases: Mapped[str] = mapped_column(default="")
    learned: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]

    article: Mapped[Article] = relationship(back_populates="texts")
    versions: Mapped[list["ArticleVersion"]] = relationship(
        back_populates="text", cascade="all, delete-orphan", order_by="ArticleVersion.number"
    )

    @property
    def alias_list(self) -> list[str]:
        """Other wordings of either sort."""
        return wordings_of(self.aliases, self.learned)


class ArticleVersion(Base):
    """What a text was after an edit, by whom and why; never changed afterwards."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_text_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_text_id: Mapped[int] = mapped_column(ForeignKey("article_text.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(250))
    body: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(String(300), default="")

    text: Mapped[ArticleText] = relationship(back_populates="versions")
    author: Mapped[Participant | None] = relationship()


class ArticleVote(Base):
    """One per browser: `visitor` is a hash, `value` 1 or -1; voting again changes the row."""

    __tablename__ = "article_vote"
    __table_args__ = (UniqueConstraint("article_id", "visitor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    visitor: Mapped[str] = mapped_column(String(64))
    value: Mapped[int]
    reason: Mapped[str] = mapped_column(String(16), default="")
    comment: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime]

    article: Mapped[Article] = relationship(back_populates="votes")


class Deflection(Base):
    """A request that was not sent because an answer beside the form helped; `articles` = shown."""

    __tablename__ = "deflection"

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(String(250))
    locale: Mapped[str] = mapped_column(String(8))
    visitor: Mapped[str] = mapped_column(String(64))
    articles: Mapped[list[Any]] = mapped_column(default=list)
    at: Mapped[datetime] = mapped_column(index=True)


class SearchQuery(Base):
    """What was looked for, how much was found and what was opened: the source of knowledge gaps."""

    __tablename__ = "search_query"
    __table_args__ = (
        Index("ix_search_query_gaps", "locale", "hits", "at"),
        Index("ix_search_query_visitor", "visitor", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    query: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(8))
    hits: Mapped[int]
    visitor: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    clicked_article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="SET NULL")
    )

    clicked_article: Mapped[Article | None] = relationship()
