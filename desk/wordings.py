"""Wordings that articles learn from those who ask: heard, suggested, taken, declined.

What was taken is found by like another wording of the article, and teaches the search by meaning.
No personal data gets in, one person counts once, and all of it can be undone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _
from desk import settings
from desk.errors import Invalid, NotFound
from desk.masking import masked, question_of
from desk.search import index_article
from desk.search.analysis import LITTLE, terms
from models import Article, ArticleText, ArticleWording, Participant, WordingSource, WordingState

LONGEST = 150  # letters
MOST_WORDS = 20
MOST_LEARNED = 60  # taken wordings of one text
MOST_PEOPLE = 20  # that are remembered of one wording
SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """What somebody asked. `who` tells people apart; `names` must not be in what is kept."""

    said: str
    source: WordingSource
    who: str
    names: tuple[str, ...] = ()
    case_id: int | None = None


def heard(article_id: int, locale: str, asked: Asked) -> ArticleWording | None:
    """Somebody asked this and the article was the answer. None for what teaches nothing."""
    text = _text(article_id, locale)
    words = masked(question_of(asked.said), asked.names)[:LONGEST].strip(" .,;:!?")
    if text is None or not _teaches(words, text):
        return None
    row = db.session.scalars(_of(text).where(ArticleWording.key == _key(words))).one_or_none()
    if row is None:
        row = _begun(text, words, asked.source, asked.case_id)
    mark = hashlib.blake2b(asked.who.encode(), digest_size=6).hexdigest()
    if mark not in row.people:
        row.people, row.times = [*row.people, mark][-MOST_PEOPLE:], row.times + 1
    row.last_at = clock.now()
    enough = settings.get("wordings_taken_at")
    if row.state == WordingState.SUGGESTED and enough and row.times >= enough:
        _become(row, WordingState.TAKEN, None)
    return row


def add(text: ArticleText, said: str, *, by: Participant) -> ArticleWording:
    """By hand. Invalid (field `said`) for what teaches nothing."""
    words = " ".join(said.split())[:LONGEST]
    row = db.session.scalars(_of(text).where(ArticleWording.key == _key(words))).one_or_none()
    if row is None and not _teaches(words, text):
        raise Invalid(_("The article has this wording already, or it says too little."), "said")
    row = row or _begun(text, words, WordingSource.EDITOR, None)
    _become(row, WordingState.TAKEN, by)
    return row


def decide(row: ArticleWording, state: WordingState, *, by: Participant) -> None:
    """Take it, decline it, or put it back among those to be looked at."""
    if row.state != state:
        _become(row, state, by)


def wording_for(number: int) -> ArticleWording:
    """Held until the end of the unit. NotFound."""
    query = select(ArticleWording).where(ArticleWording.id == number).with_for_update()
    row = db.session.scalars(query).one_or_none() if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(_("There is no such wording."))
    return row


def shelf(state: WordingState, article_id: int | None = None) -> list[ArticleWording]:
    """Those in this state, the ones that most people said first."""
    query = (
        select(ArticleWording)
        .join(ArticleWording.text)
        .where(ArticleWording.state == state)
        .options(joinedload(ArticleWording.text), joinedload(ArticleWording.decided_by))
        .order_by(ArticleWording.times.desc(), ArticleWording.id.desc())
        .limit(SHOWN)
    )
    if article_id is not None:
        query = query.where(ArticleText.article_id == article_id)
    return list(db.session.scalars(query))


def taken(text: ArticleText) -> list[ArticleWording]:
    """Those that this text is found by."""
    query = _of(text).where(ArticleWording.state == WordingState.TAKEN)
    return list(db.session.scalars(query.order_by(ArticleWording.times.desc(), ArticleWording.id)))


def counted() -> dict[str, int]:
    """How many there are in each state."""
    query = select(ArticleWording.state, func.count()).group_by(ArticleWording.state)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in WordingState}


def _text(article_id: int, locale: str) -> ArticleText | None:
    """The text in this language, held: two that say the same at once make one row."""
    query = (
        select(ArticleText)
        .where(ArticleText.article_id == article_id, ArticleText.locale == locale)
        .options(joinedload(ArticleText.article).joinedload(Article.category))
        .with_for_update(of=ArticleText)
    )
    return db.session.scalars(query).one_or_none()


def _of(text: ArticleText) -> Select[Any]:
    return select(ArticleWording).where(ArticleWording.text_id == text.id)


def _begun(
    text: ArticleText, words: str, source: WordingSource, case_id: int | None
) -> ArticleWording:
    at = clock.now()
    row = ArticleWording(
        text=text,
        key=_key(words),
        said=words,
        source=source,
        state=WordingState.SUGGESTED,
        times=0,
        people=[],
        case_id=case_id,
        at=at,
        last_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _become(row: ArticleWording, state: WordingState, by: Participant | None) -> None:
    text = row.text
    row.state, row.decided_at = state, clock.now()
    row.decided_by_id = by.id if by else None
    db.session.flush()
    taken = _of(text).where(ArticleWording.state == WordingState.TAKEN)
    rows: Sequence[ArticleWording] = db.session.scalars(
        taken.order_by(ArticleWording.times.desc(), ArticleWording.id).limit(MOST_LEARNED)
    ).all()
    learned = "\n".join(one.said for one in rows)
    if learned != text.learned:
        text.learned = learned
        db.session.flush()
        index_article(text)


def _teaches(words: str, text: ArticleText) -> bool:
    """It has a word that says something, and the article does not have it already."""
    telling = [stem for stem in terms(words) if stem not in LITTLE and len(stem) > 1]
    if not telling or len(words.split()) > MOST_WORDS:
        return False
    known = (text.title, *text.aliases.splitlines())
    return _key(words) not in map(_key, known)


def _key(words: str) -> str:
    """The same for the same words in any form and order."""
    stems = sorted({stem for stem in terms(words) if stem not in LITTLE})
    return hashlib.blake2b(" ".join(stems).encode(), digest_size=16).hexdigest()
