"""Keeping the article index true: called by the verbs of desk.faq, in their unit of work."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import joinedload

from core import html
from core.db import db
from core.text import folded, words
from desk import revision
from desk.search.analysis import term, terms
from desk.search.audiences import OF_STATE
from desk.search.backend import full_text
from desk.search.counting import counted
from desk.search.lookup import REVISION
from desk.search.postings import pack
from models import Article, ArticleState, ArticleText
from models.search import ArticleIndex, SearchWord

MOST_PLAIN = 20_000  # letters kept for snippets
BATCH = 500
LONGEST_WORD = 64
T = TypeVar("T")


def index_article(text: ArticleText) -> None:
    """Make the text found as it is now; one that nobody may read is taken out."""
    audience = OF_STATE.get(ArticleState(text.article.state), "")
    there = db.session.get(ArticleIndex, text.id)
    if there is None and not audience:
        return  # a draft that is being written: nothing changes for those who search
    number = _next()
    if there is not None:
        _take_out(there, number)
    if audience:
        values, stems = _read(text, audience, number)
        db.session.merge(ArticleIndex(**values))
        db.session.flush()
        spelt = _spelt(text, stems)
        _add_words([(text.locale, audience, stem, word, 1) for stem, word in spelt.items()], number)


def remove_article(text: ArticleText) -> None:
    row = db.session.get(ArticleIndex, text.id)
    if row is not None:
        _take_out(row, _next())


def reindex_all() -> int:
    """Make the index of articles anew; the number of texts in it."""
    number = _next()
    for model in (ArticleIndex, SearchWord):
        db.session.execute(delete(model))
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shown: dict[str, str] = {}
    for batch in _readable():
        rows = []
        for text in batch:
            audience = OF_STATE[ArticleState(text.article.state)]
            values, stems = _read(text, audience, number)
            rows.append(values)
            counts[text.locale, audience].update(stems)
            if new := [stem for stem in stems if stem not in shown]:
                shown.update(_spelt(text, new))
        db.session.execute(insert(ArticleIndex), rows)
        for text in batch:
            db.session.expunge(text)
    for scope, its in counts.items():
        _add_words([(*scope, stem, shown[stem], count) for stem, count in its.items()], number)
    return db.session.scalar(select(func.count()).select_from(ArticleIndex)) or 0


def index_if_never_done() -> None:
    """After a migration that made the tables of the index anew."""
    if db.session.scalar(select(func.count()).select_from(ArticleIndex)) == 0:
        reindex_all()


def _next() -> int:
    """The revision that this unit makes; its lock makes those who change the index take turns."""
    revision.bump(REVISION)
    return revision.number(REVISION)


def _take_out(row: ArticleIndex, number: int) -> None:
    _forget_words(row, number)
    row.audience, row.number = "", number
    db.session.flush()


def _readable() -> Iterator[Sequence[ArticleText]]:
    wanted = (
        select(ArticleText)
        .join(ArticleText.article)
        .where(Article.state.in_(list(OF_STATE)))
        .options(joinedload(ArticleText.article).joinedload(Article.category))
        .order_by(ArticleText.id)
    )
    last = 0
    while batch := db.session.scalars(wanted.where(ArticleText.id > last).limit(BATCH)).all():
        last = batch[-1].id
        yield batch


def _read(text: ArticleText, audience: str, number: int) -> tuple[dict[str, Any], Collection[str]]:
    """The row of its index, and the different stems in it."""
    plain = html.plain(text.html)
    topic = text.article.category.name_in(text.locale)
    said = "\n".join([audience, text.title, *text.alias_list, topic, plain])
    fields = {"title": terms(text.title), "topic": terms(topic), "body": terms(plain)}
    aliases = [terms(each) for each in text.alias_list]
    often = counted([*fields.items(), *(("aliases", stems) for stems in aliases)])
    values = {
        "text_id": text.id,
        "locale": text.locale,
        "audience": audience,
        "length": sum(map(len, (*fields.values(), *aliases))),
        "aliases": "\n".join(map(_field, aliases)),
        "plain": plain[:MOST_PLAIN],
        "entries": pack(often),
        "digest": hashlib.blake2b(said.encode(), digest_size=16).hexdigest(),
        "number": number,
        **{name: _field(stems) for name, stems in fields.items()},
    }
    return values, often.keys()


def _field(stems: Sequence[str]) -> str:
    return f" {' '.join(stems)} "


def _spelt(text: ArticleText, stems: Iterable[str]) -> dict[str, str]:
    """A word that has each of the stems, of the title rather than of the body."""
    topic = text.article.category.name_in(text.locale)
    every = (text.title, *text.alias_list, topic, html.plain(text.html))
    said = [word for each in every for word in words(each)][::-1]
    spelt = dict(zip(map(term, said), said, strict=True))
    return {stem: folded(spelt.get(stem, stem))[:LONGEST_WORD] for stem in stems}


def _stems(row: ArticleIndex) -> set[str]:
    return {stem for each in (row.title, row.aliases, row.topic, row.body) for stem in each.split()}


def _add_words(counted: Iterable[tuple[str, str, str, str, int]], number: int) -> None:
    rows = [
        {
            "locale": locale,
            "audience": audience,
            "stem": stem,
            "word": word,
            "articles": count,
            "number": number,
        }
        for locale, audience, stem, word, count in sorted(counted)
    ]
    for batch in batched(rows):
        full_text().count_words(batch)


def _forget_words(row: ArticleIndex, number: int) -> None:
    """Words that no article has any more stay, counted 0: that is how others hear of it."""
    own = (SearchWord.locale == row.locale, SearchWord.audience == row.audience)
    less = update(SearchWord).values(articles=SearchWord.articles - 1, number=number)
    for batch in batched(sorted(_stems(row))):
        db.session.execute(less.where(*own, SearchWord.stem.in_(batch)))


def batched(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
