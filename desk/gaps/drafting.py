"""An article begun from what people wrote: the client's question, our public answers."""

from sqlalchemy import select

from core.db import db
from core.i18n import LOCALES, locale
from desk import access
from desk.faq import MAX_TITLE, Wording
from desk.masking import greeting_cut, masked, question_of
from models import Case, GapKind, KnowledgeGap, Message, MessageKind, Participant

ANSWERS = 20
INSTEAD = "…"


def from_case(case: Case) -> tuple[str, Wording]:
    """Its language, and the draft; personal data is masked, of the client and of who answered."""
    query = (
        select(Message)
        .where(Message.case_id == case.id, Message.kind == MessageKind.PUBLIC)
        .order_by(Message.id)
        .limit(100)
    )
    said = list(db.session.scalars(query))
    names = [case.requester.name, *(each.author.name for each in said)]
    asked = [each.text for each in said if each.inbound]
    answers = [each.text for each in said if not each.inbound][-ANSWERS:]
    title = masked(case.subject, names)[:MAX_TITLE]
    question = masked(question_of(asked[0]), names)[:MAX_TITLE] if asked else ""
    body = "\n\n".join(greeting_cut(masked(each, names, instead=INSTEAD)) for each in answers)
    aliases = question if question.lower() != title.lower() else ""
    code = case.locale if case.locale in LOCALES else locale()
    return code, Wording(title, body, aliases=aliases)


def from_gap(gap: KnowledgeGap, *, by: Participant) -> tuple[str, Wording]:
    """What was looked for; of tickets that `by` may see the answer of the newest."""
    said = [str(each) for each in gap.examples] if gap.kind == GapKind.SEARCH else []
    code = gap.locale or locale()
    body, others = "", [each for each in said if each.lower() != gap.said.lower()]
    if gap.kind == GapKind.TICKETS:
        seen = access.visible_cases(by).where(Case.id.in_(gap.examples)).order_by(Case.id.desc())
        for case in db.session.scalars(seen):
            wording = from_case(case)[1]
            body = body or wording.body
            others += [wording.title, *wording.aliases.splitlines()]
    title = gap.said[:MAX_TITLE]
    unlike = dict.fromkeys(each for each in others if each.lower() != title.lower())
    return code, Wording(title, body, aliases="\n".join(unlike))
