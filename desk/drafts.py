"""Half-written texts of agents: one answer and one note per person and ticket."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from core import clock
from core.db import db, table
from core.i18n import _
from desk.errors import Invalid
from desk.texts import MAX_TEXT
from models import Case, Draft, Staff

KINDS = ("reply", "note")


def save(case: Case, who: Staff, kind: str, text: str) -> Draft | None:
    """Keep the text as it stands; an empty one is forgotten. Invalid when it is too long."""
    if kind not in KINDS:
        raise Invalid(_("There is no such draft."), "kind")
    text = text.replace("\0", "")
    if not text.strip():
        discard(case, who, kind)
        return None
    if len(text) > MAX_TEXT:
        raise Invalid(_("The text is longer than %(n)s characters.", n=MAX_TEXT), "text")
    draft = _find(case, who, kind) or _new(case, who, kind)
    draft.text, draft.updated_at = text, clock.now()
    db.session.flush()
    return draft


def discard(case: Case, who: Staff, kind: str) -> None:
    db.session.execute(_DISCARD, {"case": case.id, "writer": who.id, "form": kind})


_ROWS = table(Draft)
_DISCARD = delete(_ROWS).where(
    _ROWS.c.case_id == bindparam("case"),
    _ROWS.c.staff_id == bindparam("writer"),
    _ROWS.c.kind == bindparam("form"),
)


def _find(case: Case, who: Staff, kind: str) -> Draft | None:
    query = select(Draft).where(
        Draft.case_id == case.id, Draft.staff_id == who.id, Draft.kind == kind
    )
    return db.session.scalars(query.with_for_update()).one_or_none()


def _new(case: Case, who: Staff, kind: str) -> Draft:
    draft = Draft(case_id=case.id, staff_id=who.id, kind=kind, text="", updated_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:  # two tabs of one person saved their first words at the same time
        found = _find(case, who, kind)
        assert found is not None  # noqa: S101 - the constraint says so
        return found
    return draft
