"""Counters for tests, written short."""

from collections.abc import Sequence
from typing import Any

from core import bus
from core.db import db
from desk import deadlines
from models import Calendar, CounterPolicy, CounterPolicyVersion, Staff


def given_counter(
    name: str, by: Staff, *steps: tuple[int, list[dict[str, Any]]], **more: Any
) -> int:
    """A counter at the end of its kind; a step = (working minutes, actions). Its id."""
    with bus.unit_of_work():
        row = CounterPolicy(kind=more.get("kind", "no_answer"))
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key=more.get("calendar", "office")).one(),
            conditions=more.get("conditions", {}),
            pause_statuses=more.get("pause", []),
            limit_minutes=more.get("limit", 60),
            targets=more.get("targets", []),
            options=more.get("options", {}),
            steps=[{"after": after, "then": actions} for after, actions in steps],
        )
        deadlines.save_policy(row, version, by=by, names={"ru": name, "en": more.get("en", "")})
        return row.id


def given_calendar(name: str, by: Staff, week: Sequence[Any]) -> str:
    """Of Moscow, without holidays. Its key."""
    names, more = {"ru": name, "en": ""}, {"holidays": None, "zone": "Europe/Moscow"}
    with bus.unit_of_work():
        made = deadlines.new_calendar(by=by, names=names, week=week, exceptions={}, **more)
        return made.key


def fire_all() -> None:
    while deadlines.fire_due():
        pass
