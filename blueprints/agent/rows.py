"""A line of a list: the same line is drawn once and then kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from core import clock
from core.i18n import _, locale, zone
from core.ui import KEPT
from core.when import age, duration, full_moment, left, moment
from desk.business_time import WorkCalendar, spans, working_time_between
from desk.catalog import Catalog
from desk.deadlines import policies
from desk.deadlines.soon import NEAR, WORDS, stage_of
from desk.views import Row
from models import Priority

Draw = Callable[..., Markup]  # the macro `ui.trow`
TOLD_AS_LEFT = timedelta(hours=4)  # a time limit nearer than this is told as what is left of it
GOES_ON = timedelta(days=1)  # past the limit, for the clock in the browser

Windows = tuple[tuple[datetime, datetime], ...]


class Due(NamedTuple):
    """The arguments of `ui.sla`; with a deadline the browser keeps the text true."""

    state: str
    text: str
    title: str
    deadline: datetime | None = None
    windows: Windows = ()
    near: datetime | None = None


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


def drawn(macro: Draw, row: Row, words: Catalog, url: str, *, is_here: bool, oob: bool) -> Markup:
    """Its HTML, kept as long as nothing of it has changed: what is told anew is how long ago."""
    near = _due_of(row)
    told = age(row.updated_at), near
    return _drawn(macro, row, words, told, (url, is_here, oob), (locale(), zone()))


@lru_cache(maxsize=KEPT)
def _drawn(
    macro: Draw,
    row: Row,
    words: Catalog,
    told: tuple[str, Due | None],
    place: tuple[str, bool, bool],
    _reader: tuple[str, str],
) -> Markup:
    return macro(_line(row, words, *told), *place)


def _line(row: Row, words: Catalog, since: str, near: Due | None) -> Line:
    """Takes no SQL: names come from the snapshot."""
    status = words.statuses[row.status_id]
    return Line(
        number=row.id,
        subject=row.subject,
        who=f"{row.requester} · {row.company}" if row.company else row.requester,
        age=since,
        changed=(row.updated_at.isoformat(), full_moment(row.updated_at)),
        is_unread=row.is_open and not row.is_answered,
        draft=row.draft,
        is_ours=row.is_answered,
        preview=row.preview,
        status=(status.category, status.name),
        due=near,
        priority=_priority(row, words),
        tags=tuple(row.shown_tags),
        channel=row.channel,
        assignee=_assignee(row, words),
    )


def _due_of(row: Row) -> Due | None:
    if row.is_paused:
        return Due("pause", _("pause"), _("Its counters stand"))
    return due(row.due_at, row.near_at, row.due_policy_id) if row.due_at and row.is_open else None


def due(at: datetime, near_at: datetime | None, policy_id: int | None) -> Due:
    """How a time limit is told: the working time that is left when it is near, else the moment."""
    now, stage = clock.now(), stage_of(at, near_at)
    title = _("Time limit: %(moment)s", moment=full_moment(at))
    if stage != NEAR and abs(at - now) >= TOLD_AS_LEFT:
        return Due(WORDS[stage], moment(at), title)
    policy = policies.in_force().get(policy_id or 0)
    if policy is None:  # it was switched off just now
        return Due(WORDS[stage], duration((at - now).total_seconds()), title, at, (), near_at)
    text = left(working_time_between(policy.calendar, now, at).total_seconds())
    since = min(at - TOLD_AS_LEFT, near_at or at)
    windows = _windows(policy.calendar, since, at + GOES_ON)
    return Due(WORDS[stage], text, title, at, windows, near_at)


@lru_cache(maxsize=KEPT)
def _windows(calendar: WorkCalendar, since: datetime, until: datetime) -> Windows:
    """Working time, for a clock that goes on in the browser."""
    return tuple((each.start, each.end) for each in spans(calendar, since, until) if each.counts)


def _priority(row: Row, words: Catalog) -> tuple[int, str] | None:
    if row.priority <= Priority.NORMAL:
        return None
    return int(row.priority), words.name_of("priority", row.priority)


def _assignee(row: Row, words: Catalog) -> tuple[str, int, str] | None:
    if row.assignee_id is None:
        return None
    person = words.staff[row.assignee_id]
    return person.initials, person.line, person.name
