"""A line of a list as plain values: the same line is drawn once and then kept (core.ui)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from core import clock
from core.i18n import _
from core.when import age, duration, full_moment, moment
from desk.catalog import Catalog
from desk.views import Row
from models import Case, Priority

SOON = timedelta(minutes=15)
NEAR = timedelta(hours=4)  # a time limit nearer than this is told as what is left of it


class Due(NamedTuple):
    """The arguments of `ui.sla`; with a deadline the browser keeps the text true."""

    state: str
    text: str
    title: str
    deadline: datetime | None


class Line(NamedTuple):
    """What `ui.trow` draws, all of it in the reader's language and zone."""

    number: int
    subject: str
    who: str
    age: str
    changed: tuple[str, str]  # ISO, in words
    is_unread: bool
    draft: str | None
    is_ours: bool  # the preview is of our answer
    preview: str
    status: tuple[str, str]  # category, name
    due: Due | None
    priority: tuple[int, str] | None  # only above normal
    tags: tuple[str, ...]
    channel: str
    assignee: tuple[str, int, str] | None  # initials, line, name


def line(row: Row, words: Catalog) -> Line:
    """Takes no SQL: names come from the snapshot."""
    case = row.case
    status = words.statuses[case.status_id]
    return Line(
        number=case.number,
        subject=case.subject,
        who=f"{row.requester} · {row.company}" if row.company else row.requester,
        age=age(case.updated_at),
        changed=(case.updated_at.isoformat(), full_moment(case.updated_at)),
        is_unread=case.is_open and not case.is_answered,
        draft=row.draft,
        is_ours=case.is_answered and case.last_agent_at is not None,
        preview=case.preview,
        status=(status.category, status.name),
        due=due(case.due_at) if case.due_at and case.is_open else None,
        priority=_priority(case, words),
        tags=tuple(case.shown_tags),
        channel=case.channel,
        assignee=_assignee(case, words),
    )


def due(at: datetime) -> Due:
    """How a time limit is told: what is left when it is near, else the moment."""
    left = at - clock.now()
    state = "late" if left <= timedelta() else "soon" if left <= SOON else "ok"
    near = abs(left) < NEAR
    text = duration(left.total_seconds()) if near else moment(at)
    title = _("Time limit: %(moment)s", moment=full_moment(at))
    return Due(state, text, title, at if near else None)


def _priority(case: Case, words: Catalog) -> tuple[int, str] | None:
    if case.priority <= Priority.NORMAL:
        return None
    return int(case.priority), words.name_of("priority", case.priority)


def _assignee(case: Case, words: Catalog) -> tuple[str, int, str] | None:
    if case.assignee_id is None:
        return None
    person = words.staff[case.assignee_id]
    return person.initials, person.line, person.name
