"""The rotation that a schedule describes."""

import json
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.i18n import company_zone
from desk.business_time import Rotation
from models import Schedule


def rotation_of(row: Schedule) -> Rotation:
    """One and the same object for rows that say the same. ValueError for one that can't be."""
    if row.anchor is None:
        raise ValueError(f"schedule {row.id}: a rotation begins on a day")
    return _made(row.zone or company_zone(), row.anchor, json.dumps(row.cycle))


@lru_cache(maxsize=64)
def _made(zone: str, anchor: date, cycle: str) -> Rotation:
    days = [
        tuple((_minute(start), _minute(end)) for start, end in day) for day in json.loads(cycle)
    ]
    return Rotation(ZoneInfo(zone), anchor, days)


def _minute(clock: str) -> int:
    hours, _colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
