"""Keeping the article index true: called by the verbs of desk.faq, in their unit of work."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from core import html
from core.db import db
from core.text import folded, words
from desk import revision
from desk.search.analysis import term, terms
from desk.search.backend import full_text
from models import Article, ArticleState, ArticleText
from models.search import ArticleIndex, SearchWord

REVISION = "search"
MOST_PLAIN = 20_000  # letters kept for snippets
BATCH = 500
LONGEST_WORD = 64
T = TypeVar("T")

AUDIENCES = {ArticleState.PUBLISHED: "public", ArticleState.INTERNAL: "internal"}


def index_article(text: ArticleText) -> None:
    """Make the text found as it is now; one that nobody may read is taken out."""
    audience = AUDIENCES.get(ArticleState(text.article.state))
    if audience is None and db.session.get(ArticleIndex, text.id) is None:
        return  # a draft that is being written: nothing changes for those who search
    remove_article(text)
    if audience is None:
        return
    row = _row(text, audience)
    db.session.add(row)
    db.session.flush()
    full_text().put_article(row)
    spelt = _spelt(text, row)
    _add_words((row.locale, row.audience, stem, word, 1) for stem, word in spelt.items())


def remove_article(text: ArticleText) -> None:
    revision.bump(REVISION)  # first: its lock makes those who change the index take turns
    row = db.session.get(ArticleIndex, text.id)
    if row is None:
        return
    full_text().drop_article(row)
    _forget_words(row)
    db.session.delete(row)
    db.session.flush()


def reindex_all() -> int:
    """Make the index of articles anew; the number of texts in it."""
    revision.bump(REVISION)
    for model in (ArticleIndex, SearchWord):
        db.session.execute(delete(model))
    counts: Counter[tuple[str, str, str]] = Counter()
    shown: dict[str, str] = {}
    for batch in _readable():
        rows = [_row(text, AUDIENCES[ArticleState(text.article.state)]) for text in batch]
        for text, row in zip(batch, rows, strict=True):
            spelt = _spelt(text, row)
            shown = spelt | shown
            counts.update((row.locale, row.audience, stem) for stem in spelt)
        db.session.add_all(rows)
        db.session.flush()
        for each in (*rows, *batch):
            db.session.expunge(each)
    full_text().rebuild_articles()
    _add_words([(*key, shown[key[2]], number) for key, number in counts.items()])
    return db.session.scalar(select(func.count()).select_from(ArticleIndex)) or 0


def _readable() -> Iterator[Sequence[ArticleText]]:
    wanted = (
        select(ArticleText)
        .join(ArticleText.article)
        .where(Article.state.in_(list(AUDIENCES)))
        .options(joinedload(ArticleText.article).joinedload(Article.category))
        .order_by(ArticleText.id)
    )
    last = 0
    while batch := db.session.scalars(wanted.where(ArticleText.id > last).limit(BATCH)).all():
        last = batch[-1].id
        yield batch


def _row(text: ArticleText, audience: str) -> ArticleIndex:
    plain = html.plain(text.html)
    fields = {
        "title": _field(text.title),
        "aliases": "\n".join(_field(each) for each in text.alias_list),
        "topic": _field(text.article.category.name_in(text.locale)),
        "body": _field(plain),
    }
    return ArticleIndex(
        text_id=text.id,
        locale=text.locale,
        audience=audience,
        plain=plain[:MOST_PLAIN],
        length=sum(len(each.split()) for each in fields.values()),
        **fields,
    )


def _field(text: str) -> str:
    return f" {' '.join(terms(text))} "


def _spelt(text: ArticleText, row: ArticleIndex) -> dict[str, str]:
    """Each stem of the row with a word that has it, those of the title first."""
    spelt: dict[str, str] = {}
    topic = text.article.category.name_in(text.locale)
    for each in (text.title, text.aliases, topic, html.plain(text.html)):
        for word in words(each):
            spelt.setdefault(term(word), folded(word)[:LONGEST_WORD])
    return {stem: spelt.get(stem, stem) for stem in _stems(row)}


def _stems(row: ArticleIndex) -> set[str]:
    return {stem for each in (row.title, row.aliases, row.topic, row.body) for stem in each.split()}


def _add_words(counted: Iterable[tuple[str, str, str, str, int]]) -> None:
    rows = [
        {"locale": locale, "audience": audience, "stem": stem, "word": word, "articles": number}
        for locale, audience, stem, word, number in sorted(counted)
    ]
    for batch in batched(rows):
        full_text().count_words(batch)


def _forget_words(row: ArticleIndex) -> None:
    own = (SearchWord.locale == row.locale, SearchWord.audience == row.audience)
    less = update(SearchWord).values(articles=SearchWord.articles - 1)
    for batch in batched(sorted(_stems(row))):
        db.session.execute(less.where(*own, SearchWord.stem.in_(batch)))
    db.session.execute(delete(SearchWord).where(*own, SearchWord.articles <= 0))


def batched(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
