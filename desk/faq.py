"""What can be done to an article. Each edit of a text is a version that says who, when and why."""

from dataclasses import dataclass

from core import clock, html, markdown
from core.db import db
from core.i18n import LOCALES, _, use_locale
from core.slug import slug
from desk import pictures
from desk.errors import Invalid
from desk.search import index_article
from models import (
    Article,
    ArticleCategory,
    ArticleState,
    ArticleText,
    ArticleVersion,
    Participant,
)

MAX_TITLE = 250
MAX_BODY = 200_000
MAX_SUMMARY = 400
MAX_ALIASES = 20_000
MAX_NOTE = 300
SUMMARY = 160  # letters taken from the body when no summary was written


@dataclass(frozen=True)
class Wording:
    """An article in one language: `body` is Markdown, `aliases` other wordings, one a line."""

    title: str
    body: str
    summary: str = ""
    aliases: str = ""


def create(
    category: ArticleCategory,
    texts: dict[str, Wording],
    *,
    by: Participant | None,
    position: int = 0,
) -> Article:
    """A draft with a text per language ("ru", "en"). Invalid when one can't be taken."""
    if not texts:
        raise Invalid(_("Write the article in one language at least."), "title")
    at = clock.now()
    article = Article(
        category=category,
        state=ArticleState.DRAFT,
        position=position,
        created_at=at,
        updated_at=at,
        texts=[],
    )
    db.session.add(article)
    for code, wording in texts.items():
        edit(article, code, wording, by=by)
    return article


def edit(
    article: Article, locale: str, wording: Wording, *, by: Participant | None, note: str = ""
) -> ArticleText:
    """Give the article this text in a language; the same text again makes no version."""
    if locale not in LOCALES:
        raise Invalid(_("There is no such language."), "locale")
    wording, note = _checked(wording), _line(note)[:MAX_NOTE]
    text = article.text_in(locale)
    if text is None:
        text = ArticleText(locale=locale, version=0, versions=[])
        article.texts.append(text)
    elif wording_of(text) == wording:
        return text
    _write(text, wording)
    text.version += 1
    text.updated_at = article.updated_at = clock.now()
    text.versions.append(_version(text, by, note))
    db.session.flush()
    index_article(text)
    return text


def publish(article: Article) -> None:
    """Let everybody read it."""
    if article.published_at is None:
        article.published_at = clock.now()
    _become(article, ArticleState.PUBLISHED)


def make_internal(article: Article) -> None:
    """Let the staff alone read it."""
    _become(article, ArticleState.INTERNAL)


def unpublish(article: Article) -> None:
    """Back to a draft, which only editors see."""
    _become(article, ArticleState.DRAFT)


def move(article: Article, category: ArticleCategory, *, position: int = 0) -> None:
    """Put it on another shelf, or elsewhere on its own."""
    if (article.category, article.position) == (category, position):
        return
    article.category, article.position = category, position
    article.updated_at = clock.now()
    _index(article)


def _become(article: Article, state: ArticleState) -> None:
    if article.state == state:
        return
    article.state, article.updated_at = state, clock.now()
    _index(article)


def _index(article: Article) -> None:
    db.session.flush()
    for text in article.texts:
        index_article(text)


def _write(text: ArticleText, wording: Wording) -> None:
    def label(title: str) -> str:
        return _("Link to the section “%(title)s”", title=title)

    text.title, text.body, text.aliases = wording.title, wording.body, wording.aliases
    text.slug = slug(wording.title)
    with use_locale(text.locale):
        own = pictures.sizes(match[0] for match in pictures.ADDRESS.finditer(wording.body))
        text.html = str(markdown.render(wording.body, anchor_label=label, sizes=own))
    text.summary = wording.summary or _beginning(html.plain(text.html))


def _beginning(plain: str) -> str:
    """The first words of a text, cut at the end of a word."""
    line = " ".join(plain.split())
    return line if len(line) <= SUMMARY else f"{line[:SUMMARY].rpartition(' ')[0].rstrip(',;:')}…"


def wording_of(text: ArticleText) -> Wording:
    """What was written; a summary that we took from the body was not."""
    taken = text.summary == _beginning(html.plain(text.html))
    return Wording(text.title, text.body, "" if taken else text.summary, text.aliases)


def _version(text: ArticleText, by: Participant | None, note: str) -> ArticleVersion:
    return ArticleVersion(
        number=text.version,
        title=text.title,
        body=text.body,
        author_id=by.id if by else None,
        at=text.updated_at,
        note=note,
    )


def _checked(wording: Wording) -> Wording:
    """As it is kept. Invalid names the field that can't be taken."""
    title, body = _line(wording.title), _lines(wording.body)
    if not title:
        raise Invalid(_("Write a title."), "title")
    if not body:
        raise Invalid(_("Write the answer."), "body")
    aliases = "\n".join(filter(None, map(_line, wording.aliases.splitlines())))
    checked = Wording(title, body, _line(wording.summary), aliases)
    _demand_short(checked.title, MAX_TITLE, "title")
    _demand_short(checked.body, MAX_BODY, "body")
    _demand_short(checked.summary, MAX_SUMMARY, "summary")
    _demand_short(checked.aliases, MAX_ALIASES, "aliases")
    return checked


def _demand_short(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Invalid(_("The text is longer than %(n)s characters.", n=most), field)


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _lines(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()
