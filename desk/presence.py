"""Whether somebody is at their desk, by what their open pages tell.

A page tells every half minute that it is open and how long nobody touched it. Who touches nothing
for IDLE is away; who has closed the last page, or whose pages fell silent, is off. Both end with
the next touch. Who has no scripts tells nothing, and their presence is what they chose.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, or_, select

from core import bus, clock
from core.db import db, plain_rows, put_if_absent, table
from desk import catalog
from desk.routing.wanted import hand_out_later
from models import Duty, Presence, Staff

IDLE = timedelta(minutes=5)
SILENT = timedelta(seconds=150)  # pages in the background tell once a minute
LEFT = timedelta(seconds=20)  # time for the next page to open
OFTEN = timedelta(seconds=15)  # no row is written more often than that
PRESENT = (Presence.AVAILABLE, Presence.ASSIGNED_ONLY)
_DUTY, _STAFF = table(Duty), table(Staff)


def seen(who: Staff, idle: timedelta) -> None:
    """A page of theirs is open, and nobody has touched it for that long."""
    now = clock.now()
    duty = _duty(who)
    touched = max(now - idle, duty.active_at or now - idle)
    is_back = who.wanted_presence is not None and now - touched < IDLE
    if is_back or duty.left_at is not None or duty.seen_at is None or now - duty.seen_at >= OFTEN:
        duty.seen_at, duty.active_at, duty.left_at = now, touched, None
    if is_back:
        _come_back(who)


def came(who: Staff) -> None:
    """They have signed in."""
    if who.wanted_presence is not None:
        _come_back(who)


def left(who: Staff) -> None:
    """A page of theirs closes; another one, if there is any, will say so."""
    _duty(who).left_at = clock.now()


def gone(who: Staff) -> None:
    """They have signed out."""
    if who.presence != Presence.OFF:
        _turn(who, Presence.OFF)


def sweep() -> int:
    """Away and off as time passes; how many."""
    now = clock.now()
    with bus.unit_of_work(writes=False):
        if not plain_rows(_due(now).limit(1)):
            return 0
    with bus.unit_of_work():
        rows = plain_rows(_due(now))
        for row in rows:
            who = db.session.get_one(Staff, row.staff_id, with_for_update={"of": Staff})
            _turn(who, Presence.OFF if _has_left(row.seen_at, row.left_at, now) else Presence.AWAY)
    return len(rows)


def _due(now: datetime) -> Select[Any]:
    """Those whose pages fell silent or closed, and those who are idle."""
    has_left = or_(
        _DUTY.c.seen_at < now - SILENT,
        and_(_DUTY.c.left_at >= _DUTY.c.seen_at, _DUTY.c.left_at < now - LEFT),
    )
    is_idle = and_(_DUTY.c.active_at < now - IDLE, _STAFF.c.presence.in_(PRESENT))
    return (
        select(_DUTY.c.staff_id, _DUTY.c.seen_at, _DUTY.c.left_at)
        .join(_STAFF, _STAFF.c.id == _DUTY.c.staff_id)
        .where(_STAFF.c.presence != Presence.OFF, or_(has_left, is_idle))
    )


def _has_left(seen_at: datetime, left_at: datetime | None, now: datetime) -> bool:
    closed = left_at is not None and left_at >= seen_at and left_at < now - LEFT
    return closed or seen_at < now - SILENT


def _turn(who: Staff, presence: Presence) -> None:
    who.wanted_presence = who.wanted_presence or who.presence
    who.presence = presence
    catalog.changed()


def _come_back(who: Staff) -> None:
    who.presence, who.wanted_presence = who.wanted_presence or who.presence, None
    catalog.changed()
    hand_out_later(catalog.catalog().groups_of(who.id))


def _duty(who: Staff) -> Duty:
    put_if_absent(Duty, staff_id=who.id, last_given=0, given=0)
    return db.session.get_one(Duty, who.id)
