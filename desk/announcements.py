"""What clients are told before they write; kept in memory until it changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from core import clock
from core.db import db
from core.i18n import _
from desk import events, history, revision
from desk.catalog import catalog
from desk.errors import Invalid, NotFound
from desk.texts import one_line
from models import Announcement, Participant

LONGEST = 500
MOST = 50
REVISION = "announcements"


@dataclass(frozen=True)
class Wanted:
    """Times in any zone; `ends_at` None = until it is taken down."""

    text_ru: str
    text_en: str = ""
    direction_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def shown(directions: Collection[int] | None = None) -> list[Announcement]:
    """Those of now, the newest first: for all, and of these directions (None = of every one)."""
    now = clock.now()
    return [
        one
        for one in revision.kept(REVISION, _load)
        if one.starts_at <= now
        and (one.ends_at is None or one.ends_at > now)
        and (directions is None or one.direction_id is None or one.direction_id in directions)
    ]


def every() -> Sequence[Announcement]:
    """Also those to come and past, the newest first."""
    query = select(Announcement).order_by(Announcement.starts_at.desc(), Announcement.id.desc())
    return db.session.scalars(query.limit(MOST)).all()


def announcement_for(number: int) -> Announcement:
    """Held until the end of the unit. NotFound."""
    query = select(Announcement).where(Announcement.id == number).with_for_update()
    row = db.session.scalars(query).one_or_none() if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(_("There is no such announcement."))
    return row


def announce(wanted: Wanted, *, by: Participant) -> Announcement:
    """Invalid names the field."""
    row = Announcement(starts_at=clock.now())
    _put(row, wanted, by)
    return row


def change(row: Announcement, wanted: Wanted, *, by: Participant) -> None:
    """Invalid names the field."""
    _put(row, wanted, by)


def take_down(row: Announcement, *, by: Participant) -> None:
    row.ends_at = min(row.ends_at or clock.now(), clock.now())
    _changed(row, by)


def _put(row: Announcement, wanted: Wanted, by: Participant) -> None:
    text_ru, text_en = one_line(wanted.text_ru), one_line(wanted.text_en)
    if not text_ru:
        raise Invalid(_("Write what clients are to know."), "text_ru")
    for name, text in (("text_ru", text_ru), ("text_en", text_en)):
        if len(text) > LONGEST:
            raise Invalid(_("The text is longer than %(n)s characters.", n=LONGEST), name)
    if wanted.direction_id is not None and wanted.direction_id not in catalog().directions:
        raise Invalid(_("There is no such direction."), "direction")
    starts_at = wanted.starts_at or row.starts_at
    if wanted.ends_at is not None and wanted.ends_at <= starts_at:
        raise Invalid(_("It ends before it begins."), "ends_at")
    row.text_ru, row.text_en, row.direction_id = text_ru, text_en, wanted.direction_id
    row.starts_at, row.ends_at = starts_at, wanted.ends_at
    db.session.add(row)
    _changed(row, by)


def _changed(row: Announcement, by: Participant) -> None:
    db.session.flush()
    revision.bump(REVISION)
    after = {"text": row.text_ru, "ends_at": row.ends_at and row.ends_at.isoformat()}
    data = {"what": "announcement", "before": {}, "after": after}
    history.record(events.SettingsChanged, by=by, data=data)


def _load() -> list[Announcement]:
    """Rows of no session: they are read by every page."""
    now = clock.now()
    current = or_(Announcement.ends_at.is_(None), Announcement.ends_at > now)
    query = select(Announcement).where(current).order_by(Announcement.starts_at.desc())
    rows = list(db.session.scalars(query.limit(MOST)))
    for row in rows:
        db.session.expunge(row)
    return rows
