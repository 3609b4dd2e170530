"""What a colleague was told in the app: how much is unread, the pages of it, read and unread."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, literal, or_, select, update
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _
from desk import access
from desk.errors import NotFound
from desk.notices.occasions import OCCASIONS
from models import Case, Notice, Staff

PAGE = 50
COUNTED = 99  # the bell says "99+"
AT_A_TIME = 5  # on the desktop
KEPT = timedelta(days=90)


def unread(who: Staff) -> int:
    """How many are unread, COUNTED + 1 standing for more."""
    return db.session.scalar(unread_count(who)) or 0


def unread_count(who: Staff) -> Select[Any]:
    rows = _of(who, select(literal(1).label("one"))).where(Notice.read_at.is_(None))
    some = rows.limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(some)


def page(who: Staff, *, only_unread: bool = False, before: int | None = None) -> list[Notice]:
    """The newest PAGE + 1 older than `before`: one more than a page shows, if there is one."""
    query = _of(who, select(Notice)).order_by(Notice.id.desc()).limit(PAGE + 1)
    if only_unread:
        query = query.where(Notice.read_at.is_(None))
    if before is not None:
        query = query.where(Notice.id < before)
    return list(db.session.scalars(query.options(joinedload(Notice.case))))


def mark(who: Staff, number: int, *, read: bool) -> None:
    """NotFound for what somebody else was told."""
    row = db.session.get(Notice, number)
    if row is None or row.staff_id != who.id:
        raise NotFound(_("There is no such notice."))
    row.read_at = (row.read_at or clock.now()) if read else None
    row.desktop_at = None


def mark_all(who: Staff) -> None:
    _mark(Notice.staff_id == who.id)


def mark_of_case(who: Staff, case_id: int) -> int:
    """The person looks at the ticket: what was to be told of it is known. How much that was."""
    return _mark(Notice.staff_id == who.id, Notice.case_id == case_id)


def for_desktop(who: Staff, after: datetime) -> Sequence[Notice]:
    """Unread ones whose time for the desktop came after an instant, the newest first."""
    query = (
        _of(who, select(Notice))
        .where(
            Notice.desktop_at > after, Notice.desktop_at <= clock.now(), Notice.read_at.is_(None)
        )
        .order_by(Notice.desktop_at.desc(), Notice.id.desc())
        .limit(AT_A_TIME)
    )
    return db.session.scalars(query.options(joinedload(Notice.case))).all()


def next_for_desktop(who: Staff) -> datetime | None:
    """When the quiet ends for the next one that waits for it."""
    query = select(func.min(Notice.desktop_at)).where(
        Notice.staff_id == who.id, Notice.desktop_at > clock.now(), Notice.read_at.is_(None)
    )
    return db.session.scalar(query)


def newest(who: Staff) -> int:
    """The id of the newest, 0 before the first."""
    return db.session.scalar(select(func.max(Notice.id)).where(Notice.staff_id == who.id)) or 0


def sweep() -> None:
    """Throw away what is older than KEPT."""
    db.session.execute(delete(Notice).where(Notice.at < clock.now() - KEPT))


def _mark(*which: Any) -> int:
    change = update(Notice).where(*which, Notice.read_at.is_(None)).values(read_at=clock.now())
    options = {"synchronize_session": False}
    done: Any = db.session.execute(change, execution_options=options)
    return int(done.rowcount)


def _of(who: Staff, query: Select[Any]) -> Select[Any]:
    """A person's own, of tickets that they still may see, on occasions that this version knows."""
    query = query.where(Notice.staff_id == who.id, Notice.occasion.in_(OCCASIONS))
    if not access.directions_of(who):
        return query
    cases = access.visible_cases(who).with_only_columns(Case.id)
    return query.where(or_(Notice.case_id.is_(None), Notice.case_id.in_(cases)))
