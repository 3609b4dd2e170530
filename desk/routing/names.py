"""What the dispatcher's ids are called, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from desk.catalog import catalog
from desk.routing.staffing import staffing


def named(kind: str, number: int) -> str:
    """`kind` = agent | group | skill | direction | category; what is gone is called by number."""
    known = catalog()
    rows: Mapping[str, Mapping[int, Any]] = {
        "agent": known.staff,
        "group": known.groups,
        "skill": staffing().skills,
        "direction": known.directions,
        "category": known.categories,
    }
    row = rows[kind].get(number)
    return row.name if row is not None else f"#{number}"
