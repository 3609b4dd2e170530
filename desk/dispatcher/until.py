"""Moments inside reasons: kept as text, told beside the instant of the decision."""

from datetime import datetime
from zoneinfo import ZoneInfo

from core.i18n import format_datetime, zone


def kept(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def told(stored: object, at: datetime) -> str:
    """The time alone on the day of `at`; else the day with its weekday, and the time unless it is
    midnight. In the reader's zone. ValueError for what `kept` did not write."""
    here = ZoneInfo(zone())
    moment = datetime.fromisoformat(str(stored)).astimezone(here)
    if moment.date() == at.astimezone(here).date():
        return format_datetime(moment, "HH:mm")
    is_midnight = not (moment.hour or moment.minute)
    return format_datetime(moment, "EEE, d MMM" if is_midnight else "EEE, d MMM, HH:mm")
