"""Articles brought in: new ones are made, those of the same title in a section get a version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from core import bus
from core.db import db
from core.i18n import _
from core.slug import slug
from desk import faq, sections
from desk.errors import Invalid, kept
from desk.faq import Wording
from desk.faq_files.piece import Piece
from models import Article, ArticleCategory, ArticleState, ArticleText, OldAddress, Participant

VERBS = {
    ArticleState.PUBLISHED: faq.publish,
    ArticleState.INTERNAL: faq.make_internal,
    ArticleState.DRAFT: faq.unpublish,
}


@dataclass
class Outcome:
    """How many articles became what; `problems`: the key of an article and what is wrong."""

    created: int = 0
    changed: int = 0
    same: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


class Over(Exception):  # noqa: N818 - not an error: the end of every trial
    """Takes everything back."""


def bring_in(pieces: Sequence[Piece], *, by: Participant | None, dry: bool = False) -> Outcome:
    """In a unit of work. One article that can't be taken leaves the others alone. `dry`: nothing
    stays, the outcome is what it would be."""
    outcome = Outcome()
    try:
        with bus.savepoint():
            for key, its in _by_article(pieces):
                try:
                    with bus.savepoint():
                        _put(its, outcome, by)
                except Invalid as error:
                    outcome.problems.append((key, kept(error)))
            if dry:
                raise Over
    except Over:
        db.session.expire_all()
    return outcome


def _by_article(pieces: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.key, []).append(piece)
    return list(found.items())


def _put(pieces: Sequence[Piece], outcome: Outcome, by: Participant | None) -> None:
    section = _section(next((one.section for one in pieces if one.section), ""))
    there = _there(pieces, section)
    note, before = _("Brought in"), _mark(there)
    if there is None:
        first, *rest = pieces
        article = faq.create(section, {first.locale: _wording(first)}, by=by)
        outcome.created += 1
    else:
        article, rest = there, list(pieces)
    for piece in rest:
        faq.edit(article, piece.locale, _wording(piece), by=by, note=note)
    VERBS[ArticleState(pieces[0].state)](article)
    for path in {path for piece in pieces for path in piece.old}:
        db.session.merge(OldAddress(path=path[:500], article_id=article.id))
    db.session.flush()
    if there is not None:
        changed = _mark(article) != before
        outcome.changed += changed
        outcome.same += not changed


def _mark(article: Article | None) -> list[tuple[str, int, str]]:
    """What of an article tells whether it was changed."""
    if article is None:
        return []
    return sorted((text.locale, text.version, article.state) for text in article.texts)


def _wording(piece: Piece) -> Wording:
    return Wording(piece.title, piece.body, piece.summary, "\n".join(piece.aliases))


def _section(named: str) -> ArticleCategory:
    """By its address or a name; made where there is none."""
    wanted = named or _("Brought in")
    query = select(ArticleCategory).where(
        (ArticleCategory.slug == slug(wanted))
        | (func.lower(ArticleCategory.name_ru) == wanted.lower())
        | (ArticleCategory.name_ru == wanted)
        | (ArticleCategory.name_en == wanted)
    )
    found = db.session.scalars(query.order_by(ArticleCategory.id).limit(1)).one_or_none()
    return found or sections.create({"name_ru": wanted}, None)


def _there(pieces: Sequence[Piece], section: ArticleCategory) -> Article | None:
    """The article of this section that has one of these titles in its language."""
    for piece in pieces:
        query = (
            select(Article)
            .join(ArticleText)
            .where(Article.category_id == section.id)
            .where(ArticleText.locale == piece.locale, ArticleText.title == piece.title.strip())
            .order_by(Article.id)
            .limit(1)
        )
        found = db.session.scalars(query).one_or_none()
        if found is not None:
            return found
    return None
