"""Articles that had to do with a case: read before writing, or sent by an agent as the answer."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import bus, clock
from core.db import db
from desk import events, wordings
from desk.shelves import public
from desk.wordings import Asked
from models import Article, ArticleText, Case, CaseArticle, Message, WordingSource

READ, SENT, SOURCE = "read", "sent", "source"
MOST = 5  # that a client had read
_LINK = re.compile(r"/(?:ru|en)/a/(\d{1,9})\b")


def read_before(case: Case, numbers: Sequence[int]) -> None:
    """What the client had opened before writing, the last few."""
    if numbers:
        _put(case, _there(numbers[-MOST:]), READ)


def written_from(case: Case, article: Article) -> None:
    """The answer to it has become an article."""
    _put(case, [article.id], SOURCE)


def of_case(case: Case) -> list[CaseArticle]:
    """With their titles, in the order of time."""
    texts = selectinload(Article.texts).load_only(
        ArticleText.article_id, ArticleText.locale, ArticleText.slug, ArticleText.title
    )
    query = (
        select(CaseArticle)
        .where(CaseArticle.case_id == case.id)
        .options(joinedload(CaseArticle.article).options(texts))
        .order_by(CaseArticle.at, CaseArticle.article_id)
    )
    return list(db.session.scalars(query))


@bus.at_end(stage=45)
def learn_from_answers(happened: Sequence[events.Event]) -> None:
    """A public answer with a link to an article: the question is a wording of that article."""
    for event in happened:
        if isinstance(event, events.AgentReplied) and event.case_id is not None:
            message = db.session.get(Message, event.data["message"])
            numbers = [int(each) for each in _LINK.findall(message.text)] if message else []
            if numbers:
                _learn(db.session.get_one(Case, event.case_id), _there(numbers))


def _learn(case: Case, numbers: Sequence[int]) -> None:
    who, names = f"participant:{case.requester_id}", (case.requester.name,)
    asked = Asked(case.subject, WordingSource.AGENT, who, names, case.id)
    _put(case, numbers, SENT)
    for number in numbers:
        wordings.heard(number, case.locale, asked)


def _there(numbers: Iterable[int]) -> list[int]:
    """Those of them that everybody may read."""
    wanted = list(dict.fromkeys(numbers))
    query = public().with_only_columns(Article.id).where(Article.id.in_(wanted))
    found = set(db.session.scalars(query))
    return [each for each in wanted if each in found]


def _put(case: Case, numbers: Iterable[int], kind: str) -> None:
    for number in numbers:
        row = CaseArticle(case_id=case.id, article_id=number, kind=kind, at=clock.now())
        db.session.merge(row)
    db.session.flush()
