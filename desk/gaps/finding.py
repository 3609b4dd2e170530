"""All gaps looked for anew: what is open is put in order, what was decided is left alone."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from core import bus, clock
from core.db import db
from core.i18n import LOCALES, use_locale
from desk import jobs
from desk.gaps import searches, tickets
from desk.gaps.asked import Asked
from desk.gaps.grouping import Group, groups
from desk.linked import READ
from desk.search import search_articles
from models import Article, ArticleState, CaseArticle, GapKind, GapState, Job, KnowledgeGap
from models import Participant as Person

KIND = "gaps"
PEOPLE = {GapKind.SEARCH: 1, GapKind.TICKETS: 3}  # from so many on it is a gap
OPENED_BY_NOBODY = 3  # people who were shown an answer and did not open it
VOTES = 2  # "no" to an article, and more than "yes"
MOST = 200  # gaps of a kind and language
EXAMPLES = 12
Source = Callable[[str], list[Asked]]
SOURCES: Mapping[GapKind, Source] = {
    GapKind.SEARCH: searches.in_vain,
    GapKind.TICKETS: tickets.answered_by_hand,
}


class Found(NamedTuple):
    said: str
    people: int
    examples: list[Any]
    last_at: datetime
    article_id: int | None = None


def find(progress: jobs.Progress = lambda _done, _total: None) -> int:
    """Outside of any unit of work; the number of open gaps."""
    total = len(LOCALES) * len(SOURCES) + 1
    done = 0
    for locale in LOCALES:
        for kind, source in SOURCES.items():
            progress(done, total)
            _keep(kind, locale, _looked_at(kind, locale, source))
            done += 1
    with bus.unit_of_work(writes=False):
        unhelpful = _unhelpful()
    _keep(GapKind.ARTICLE, "", unhelpful)
    progress(total, total)
    with bus.unit_of_work(writes=False):
        open_ones = select(KnowledgeGap.id).where(KnowledgeGap.state == GapState.OPEN)
        return len(db.session.scalars(open_ones).all())


def find_again(*, by: Person) -> Job:
    return jobs.start_once(KIND, {}, by=by)


@jobs.work(KIND)
def _find(arguments: Mapping[str, Any], progress: jobs.Progress) -> dict[str, Any]:
    return {"open": find(progress)}


def _looked_at(kind: GapKind, locale: str, source: Source) -> list[Found]:
    """Meanings are made outside of any unit: that takes seconds."""
    with bus.unit_of_work(writes=False):
        asked = source(locale)
        decided = [(row.said, row.decided_at) for row in _decided(kind, locale)]
    found = list[Group]()
    for group in groups(asked, [said for said, _at in decided]):
        since = decided[group.seed][1] if group.seed is not None else None
        newer = Group([one for one in group.asked if since is None or one.at > since], None)
        if newer.people >= PEOPLE[kind] and len(found) < MOST:
            found.append(newer)
    with bus.unit_of_work(writes=False), use_locale(locale):
        return [one for one in (_told(kind, locale, group) for group in found) if one]


def _told(kind: GapKind, locale: str, group: Group) -> Found | None:
    """None for a search that is answered by now."""
    said = group.asked[0].said
    article = None
    if kind == GapKind.SEARCH:
        result = search_articles(said, locale, limit=1)
        if result.hits and not result.is_doubtful and group.people < OPENED_BY_NOBODY:
            return None
        article = result.hits[0].article_id if result.hits else None
        examples: list[Any] = list(dict.fromkeys(one.said for one in group.asked))
    else:
        examples = [one.source for one in group.asked]
    last = max(one.at for one in group.asked)
    return Found(said[:250], group.people, examples[:EXAMPLES], last, article)


def _unhelpful() -> list[Found]:
    """Articles with more "no" than "yes", and those after which people wrote to us all the same."""
    read = select(CaseArticle.article_id, CaseArticle.case_id).where(CaseArticle.kind == READ)
    cases: dict[int, list[int]] = {}
    for article_id, case_id in db.session.execute(read.order_by(CaseArticle.case_id.desc())):
        cases.setdefault(article_id, []).append(case_id)
    query = select(Article).where(Article.state == ArticleState.PUBLISHED)
    found = []
    for article in db.session.scalars(query):
        wrote = cases.get(article.id, [])
        disliked = article.not_helped >= VOTES and article.not_helped > article.helped
        if disliked or len(wrote) > max(article.helped, VOTES):
            text = article.text_for("ru")
            people = article.not_helped + len(wrote)
            title = text.title if text else str(article.id)
            found.append(Found(title, people, wrote[:EXAMPLES], article.updated_at, article.id))
    return sorted(found, key=lambda one: -one.people)[:MOST]


def _decided(kind: GapKind, locale: str) -> Iterable[KnowledgeGap]:
    query = select(KnowledgeGap).where(KnowledgeGap.kind == kind, KnowledgeGap.locale == locale)
    query = query.where(KnowledgeGap.state != GapState.OPEN)
    return db.session.scalars(query.order_by(KnowledgeGap.decided_at.desc()).limit(MOST))


def _keep(kind: GapKind, locale: str, found: Iterable[Found]) -> None:
    """In the places of the open ones. What was decided on and is asked again is open once more."""
    with bus.unit_of_work():
        own = (KnowledgeGap.kind == kind, KnowledgeGap.locale == locale)
        kept = {row.key: row for row in db.session.scalars(select(KnowledgeGap).where(*own))}
        now = clock.now()
        seen = set()
        for one in found:
            key = _key(kind, one)
            row = kept.get(key)
            if key in seen or (row is not None and not _is_news(row, one)):
                continue
            seen.add(key)
            if row is None:
                row = KnowledgeGap(kind=kind, locale=locale, key=key)
                db.session.add(row)
            row.said, row.clients, row.examples = one.said, one.people, one.examples
            row.state, row.article_id = GapState.OPEN, one.article_id
            row.last_at, row.decided_at, row.decided_by_id = min(one.last_at, now), None, None
        gone = [row.id for row in kept.values() if row.key not in seen]
        forget = delete(KnowledgeGap).where(*own, KnowledgeGap.state == GapState.OPEN)
        db.session.execute(forget.where(KnowledgeGap.id.in_(gone)))


def _is_news(row: KnowledgeGap, found: Found) -> bool:
    return row.state == GapState.OPEN or row.decided_at is None or found.last_at > row.decided_at


def _key(kind: GapKind, found: Found) -> str:
    said = str(found.article_id) if kind == GapKind.ARTICLE else found.said.lower()
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
