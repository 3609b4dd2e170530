"""How many clocks are past their limit: before and after an edit, to tell what it did."""

from sqlalchemy import ColumnElement, func, select

from core import clock
from core.db import db
from core.i18n import ngettext
from desk.deadlines.anew import counts_by
from models import Counter, CounterPolicy, CounterState


def on_calendar(calendar_id: int) -> int:
    return _late(counts_by(calendar_id))


def of_kind(kind: str) -> int:
    """An edit of one may hand its clocks over to another of its kind."""
    return _late(Counter.policy_id.in_(select(CounterPolicy.id).where(CounterPolicy.kind == kind)))


def told(before: int, after: int) -> str:
    """To stand behind "Saved"; nothing when no more are late than before."""
    more = after - before
    if more <= 0:
        return ""
    return ngettext(
        "%(num)s clock is late by this; steps that have not come yet come now.",
        "%(num)s clocks are late by this; steps that have not come yet come now.",
        more,
    )


def _late(which: ColumnElement[bool]) -> int:
    """Running ones; what is still to be computed anew counts as it stood."""
    running = Counter.state == CounterState.RUNNING, Counter.limit_at <= clock.now()
    query = select(func.count()).select_from(Counter).where(which, *running)
    return db.session.scalar(query) or 0
