"""The work list: what is open, what was decided, and deciding it."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.db import db
from core.i18n import _
from desk import wordings
from desk.errors import Invalid, NotFound
from models import Article, GapKind, GapState, KnowledgeGap, Participant

SHOWN = 100


def shelf(state: GapState, kind: str = "") -> list[KnowledgeGap]:
    """What helps most people first; of those that are decided the newest."""
    order = KnowledgeGap.decided_at if state != GapState.OPEN else KnowledgeGap.clients
    query = (
        select(KnowledgeGap)
        .where(KnowledgeGap.state == state)
        .options(
            joinedload(KnowledgeGap.article).options(selectinload(Article.texts)),
            joinedload(KnowledgeGap.decided_by),
        )
        .order_by(order.desc(), KnowledgeGap.last_at.desc(), KnowledgeGap.id)
        .limit(SHOWN)
    )
    if kind:
        query = query.where(KnowledgeGap.kind == kind)
    return list(db.session.scalars(query))


def counted() -> dict[str, int]:
    query = select(KnowledgeGap.state, func.count()).group_by(KnowledgeGap.state)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {state: found.get(state, 0) for state in GapState}


def gap_for(number: int) -> KnowledgeGap:
    """Held until the end of the unit. NotFound."""
    query = select(KnowledgeGap).where(KnowledgeGap.id == number).with_for_update()
    row = db.session.scalars(query).one_or_none() if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(_("There is no such gap."))
    return row


def decide(gap: KnowledgeGap, state: GapState, *, by: Participant) -> None:
    gap.state = state
    gap.decided_at = clock.now() if state != GapState.OPEN else None
    gap.decided_by_id = by.id if state != GapState.OPEN else None


def mean(gap: KnowledgeGap, *, by: Participant) -> int:
    """The article is there and was worded otherwise: what was looked for becomes its wordings.

    How many it learned. Invalid where there is no article, or no text of it in that language.
    """
    text = gap.article.text_in(gap.locale) if gap.article else None
    if gap.kind != GapKind.SEARCH or text is None:
        raise Invalid(_("There is no article in this language to give the wording to."))
    learned = 0
    for said in gap.examples:
        try:
            wordings.add(text, str(said), by=by)
            learned += 1
        except Invalid:  # it says too little, or the article has it: nothing to learn
            continue
    decide(gap, GapState.DONE, by=by)
    return learned


def written(gap: KnowledgeGap, article: Article, *, by: Participant) -> None:
    """An article was begun for it."""
    gap.article_id = article.id
    decide(gap, GapState.DONE, by=by)
