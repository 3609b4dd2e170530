"""A counter's ledger for people: what counted, what did not and why, and the line that shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.db import db
from core.i18n import N_, _, locale
from desk.business_time import Reason, spans
from desk.catalog import catalog
from desk.clocks import TRIGGER
from desk.deadlines import calendar_edits, doers, endings, limit_edits, policies
from desk.deadlines.calendar_edits import CALENDAR
from desk.deadlines.counted import MINUTE, Hours, Span
from desk.deadlines.ledger import FITS, MOVED, ON, PAUSED, RESUMED, STARTED, STOPPED
from desk.deadlines.limit_edits import LIMIT
from models import Counter, RuleVersion

MOMENT = timedelta(seconds=1)
REASONS = {
    Reason.WINDOW: N_("working time"),
    Reason.BREAK: N_("break"),
    Reason.OUTSIDE: N_("outside working hours"),
    Reason.DAY_OFF: N_("day off"),
    Reason.HOLIDAY: N_("holiday"),
}


@dataclass(frozen=True)
class Line:
    """One stretch of the ledger; `worked` = working time of the episode at its end, `counted` what
    came to it here in whole minutes, `limit` = the one that held then.

    `resumed`: the first stretch after a pause. `news` = what changed when the stretch began.
    """

    since: datetime
    until: datetime
    counts: bool
    why: str
    worked: timedelta
    paused: bool = False
    resumed: bool = False
    news: str = ""
    counted: timedelta = timedelta()
    limit: timedelta = timedelta()

    @property
    def left(self) -> timedelta:
        return self.limit - self.worked

    @property
    def lasted(self) -> timedelta:
        return self.until - self.since


@dataclass(frozen=True)
class Piece:
    """A part of the time bar; `x` and `width` in per cent. `kind` = work | pause | over."""

    kind: str
    x: float
    width: float


def lines(book: Sequence[Span], hours: Hours, now: datetime, limit: timedelta) -> list[Line]:
    """The ledger of one episode up to `now`, in the reader's language, oldest first; `limit` = the
    last one. What ended it is told by `ended_by`."""
    told: list[Line] = []
    worked = timedelta()
    paused, news = "", list[str]()
    going = book[:-1] if _is_end(book[-1:]) else book
    for span, held in zip(going, _limits(book, limit), strict=False):
        paused = span.reason if span.reason.startswith(f"{PAUSED}:") else paused
        news += filter(None, [_news(span.reason)])
        for line in _of_span(span, hours, span.until or now, paused):
            worked += line.lasted if line.counts else timedelta()
            if not _is_passing(span):
                counted = _whole(worked) - _whole(told[-1].worked if told else timedelta())
                line = replace(line, worked=worked, counted=counted, limit=held)
                told.append(replace(line, news="; ".join(news)))
                news = []
    return told


def _is_passing(span: Span) -> bool:
    """Several changes of one moment are told in one line."""
    return span.until is not None and span.until - span.since < MOMENT


def ended_by(book: Sequence[Span]) -> str:
    """In the reader's language; empty when it goes, or when that is not known."""
    return endings.told(book[-1].reason.partition(":")[2]) if _is_end(book[-1:]) else ""


def _is_end(last: Sequence[Span]) -> bool:
    return any(span.reason.startswith(f"{STOPPED}:") for span in last)


def _limits(book: Sequence[Span], last: timedelta) -> list[timedelta]:
    """The limit that held in each span: one that changed it keeps the one before."""
    held = []
    for span in reversed(book):
        held.append(last)
        what, *values = span.reason.split(":")
        if what in (LIMIT, MOVED) and len(values) > 1:  # older ones keep the new one alone
            last = timedelta(minutes=int(values[1]))
    return held[::-1]


def _whole(amount: timedelta) -> timedelta:
    return amount // MINUTE * MINUTE


def _of_span(span: Span, hours: Hours, until: datetime, paused: str) -> Iterator[Line]:
    """`paused` = why the last pause began: what changes meanwhile cuts it in two. Without news."""
    if span.since >= until:
        return
    if _is_end([span]):
        yield Line(span.since, until, False, ended_by([span]), timedelta())
        return
    if not span.counts:
        yield Line(span.since, until, False, _paused(paused), timedelta(), paused=True)
        return
    resumed = span.reason.partition(":")[0] == RESUMED
    for piece in spans(hours(span.calendar_id), span.since, until, locale()):
        why = piece.holiday or _(REASONS[piece.reason])
        yield Line(piece.start, piece.end, piece.counts, why, timedelta(), resumed=resumed)
        resumed = False


def _news(reason: str) -> str:
    what, _colon, value = reason.partition(":")
    if what == LIMIT:
        return limit_edits.told(value)
    if what == STARTED and value:
        return _started(value)
    if what == CALENDAR:
        return calendar_edits.told(value)
    if what == PAUSED:
        return _paused_by(value.partition(":")[2])
    if what == RESUMED and value:
        edit = doers.of_version(int(value))
        return _("counter changed by %(who)s %(time)s: no pause in this status", **edit)
    if what == ON:
        return _("switched on again by %(who)s", who=doers.named(value))
    if what == FITS:
        return _("from then on it fits the conditions")
    return _moved(value.split(":")) if what == MOVED else ""


def _started(by: str) -> str:
    """A trigger or the step of a counter did it; desk.clocks says how it is kept."""
    who, _colon, number = by.partition(":")
    if who == TRIGGER:
        rule = db.session.get_one(RuleVersion, int(number)).rule.name
        return _("started by the trigger “%(name)s”", name=rule)
    name = db.session.get_one(Counter, int(number)).policy.name
    return _("started by the counter “%(name)s”", name=name)


def _moved(kept: Sequence[str]) -> str:
    """To a counter, with the limit before, from a counter: older ones do not keep that."""
    name = policies.name_of(int(kept[0]))
    if len(kept) < 3:
        return _("goes on by “%(name)s”", name=name)
    before = policies.name_of(int(kept[2]))
    return _("goes on by another counter: from “%(before)s” to “%(to)s”", before=before, to=name)


def _paused_by(version: str) -> str:
    """Empty when it was the status of the ticket."""
    if not version:
        return ""
    edit = doers.of_version(int(version))
    return _("counter changed by %(who)s %(time)s: pause in this status", **edit)


def _paused(reason: str) -> str:
    key = reason.split(":")[1]
    try:
        return _("paused: “%(status)s”", status=catalog().by_key("statuses", key).name)
    except LookupError:
        return _("paused")


def pieces(
    told: Sequence[Line], start: datetime, end: datetime, limit: datetime | None
) -> list[Piece]:
    """The ledger on a line from `start` to `end`; neighbours of one kind are one piece."""
    drawn: list[Piece] = []
    for line in told:
        if not line.counts and not line.paused:
            continue
        for kind, since, until in _cut(line, limit):
            x, right = share(since, start, end), share(until, start, end)
            if drawn and drawn[-1].kind == kind and x - drawn[-1].x - drawn[-1].width < 0.05:
                x = drawn.pop().x
            drawn.append(Piece(kind, x, round(right - x, 2)))
    return drawn


def _cut(line: Line, limit: datetime | None) -> Iterator[tuple[str, datetime, datetime]]:
    """What counts past the limit is drawn apart."""
    if line.paused:
        yield "pause", line.since, line.until
        return
    edge = line.until if limit is None else min(max(limit, line.since), line.until)
    if line.since < edge:
        yield "work", line.since, edge
    if edge < line.until:
        yield "over", edge, line.until


def share(at: datetime, start: datetime, end: datetime) -> float:
    """Where an instant stands between two others, in per cent."""
    whole = (end - start).total_seconds()
    if whole <= 0:
        return 0.0
    return round(min(max((at - start).total_seconds() / whole, 0.0), 1.0) * 100, 2)
