"""The ledger of a clock as pages tell it, and the edits that it tells of."""

from typing import Any
from zoneinfo import ZoneInfo

from core import bus
from core.db import db
from core.i18n import use_locale
from desk import counters_report, deadlines
from desk.deadlines.book import Line
from models import Calendar, Case, CounterPolicyVersion, Staff

MOSCOW = ZoneInfo("Europe/Moscow")
WEEK = [[["09:00", "18:00"]]] * 5 + [[], []]


def told(number: int) -> list[Line]:
    """Of the clock that runs, in Russian."""
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        return deadlines.summary(db.session.get_one(Case, number))[0].lines


def edited(by: Staff, exceptions: dict[str, Any]) -> None:
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            office,
            by=by,
            week=WEEK,
            exceptions=exceptions,
            holidays=None,
            zone="Europe/Moscow",
        )


def saved(number: int, by: Staff, **changed: Any) -> None:
    """Once more, with something else in it."""
    with bus.unit_of_work():
        policy, last = counters_report.policy(number)
        kept = ("conditions", "pause_statuses", "limit_minutes", "targets", "options", "steps")
        values = {name: getattr(last, name) for name in (*kept, "calendar_id")} | changed
        office = db.session.get_one(Calendar, values.pop("calendar_id"))
        deadlines.save_policy(policy, CounterPolicyVersion(calendar=office, **values), by=by)
