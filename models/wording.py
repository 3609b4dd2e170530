"""How people ask for what an article answers, and which articles had to do with a case."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.article import Article, ArticleText
from models.participant import Participant


class WordingState(StrEnum):
    """A taken one is found by; one that was declined is not suggested again."""

    SUGGESTED = "suggested"
    TAKEN = "taken"
    DECLINED = "declined"


class WordingSource(StrEnum):
    """`search`: looked for, read and found helpful; `request`: a request that was not sent because
    the article helped; `agent`: a request that was answered with a link to it; `editor`: by hand.
    """

    SEARCH = "search"
    REQUEST = "request"
    AGENT = "agent"
    EDITOR = "editor"


class ArticleWording(Base):
    """`said` has no personal data; `key` is alike for wordings of the same words, in any form.

    `people` = marks of those who said it, the last few, so that one person counts once.
    """

    __tablename__ = "article_wording"
    __table_args__ = (
        UniqueConstraint("text_id", "key"),
        Index("ix_article_wording_state", "state", "last_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("article_text.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(32))
    said: Mapped[str] = mapped_column(String(250))
    source: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=WordingState.SUGGESTED)
    times: Mapped[int] = mapped_column(default=0)
    people: Mapped[list[Any]] = mapped_column(default=list)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    last_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    decided_at: Mapped[datetime | None]

    text: Mapped[ArticleText] = relationship()
    decided_by: Mapped[Participant | None] = relationship()


class CaseArticle(Base):
    """An article that the client had read before writing, or that an agent answered with."""

    __tablename__ = "case_article"
    __table_args__ = (Index("ix_case_article_article", "article_id", "kind", "at"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[datetime]

    article: Mapped[Article] = relationship()
