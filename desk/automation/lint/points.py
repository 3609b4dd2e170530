"""The values of a field that matter: conditions don't tell others from the one next to them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from desk.automation.field import Field
from desk.automation.types import Count, Number
from desk.catalog import TABLE_OF_FIELD, catalog
from desk.history import COLUMNS
from models import Case

OTHER = "\0"  # a value of a choice that nobody can choose (any more), but that may be stored
SPARE = 2  # values that nobody names: one to change from, one to change to
CHOICES, AMOUNTS = ("choice", "ordered"), ("number", "hours", "date")
SCALARS = (*CHOICES, *AMOUNTS)


def points_of(field: Field, named: Iterable[Any], *, trusting: bool = False) -> tuple[Any, ...]:
    """In the order in which a witness takes them; None, where it may be, comes last.

    `trusting` = a choice that is named is taken to be there.
    """
    if field.type.family in CHOICES:
        given = {each for each in named if each is not None}
        return (*_choices(field, given, sorted(given, key=str) if trusting else []), None)
    if field.type.family == "date":
        return (*_days({each for each in named if isinstance(each, str)}), None)
    amounts = {each for each in named if isinstance(each, int | float)}
    if isinstance(field.type, Count):
        return (*_counts(amounts), None)
    least = field.type.least if isinstance(field.type, Number) else None
    return (*_amounts(amounts, above=least), None)


def may_be_none(field: Field) -> bool:
    """Whether a ticket can be without it."""
    column = COLUMNS.get(field.key)
    return bool(Case.__table__.c[column].nullable) if column else True


def _choices(field: Field, named: set[Any], trusted: list[Any]) -> list[Any]:
    options = [value for value, _name in field.type.options()]
    table = TABLE_OF_FIELD.get(field.key)
    stored = list(getattr(catalog(), table)) if table else []
    known = list(dict.fromkeys([*options, *stored, *trusted]))
    if field.type.family == "ordered":
        return known
    spare = [value for value in known if value not in named][:SPARE]
    found = [value for value in known if value in named or value in spare]
    return found if table and found else [*found, OTHER]


def _amounts(named: set[float], above: float | None) -> list[float]:
    """Each value that is named, and one on either side of it."""
    marks = sorted(named)
    if not marks:
        return [1, 2]
    found = [marks[0] / 2 if above is not None else marks[0] - 1]
    for before, after in zip(marks, [*marks[1:], None], strict=True):
        found.append(before)
        found.append(before + 1 if after is None else _between(before, after))
    return [each for each in dict.fromkeys(found) if above is None or each >= above]


def _counts(named: set[float]) -> list[int]:
    return sorted({max(0, int(each) + shift) for each in named or {1} for shift in (-1, 0, 1, 2)})


def _between(one: float, other: float) -> float:
    middle = (one + other) / 2
    whole = int(middle)
    return whole if one < whole < other else middle


def _days(named: set[str]) -> list[str]:
    found = set()
    for each in named:
        try:
            day = date.fromisoformat(each)
            found |= {(day + timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)}
        except (ValueError, OverflowError):
            continue
    return sorted(found) or ["2026-01-01", "2026-01-02"]


def flat(value: Any) -> list[Any]:
    """All single values in what a condition or action holds."""
    if isinstance(value, Mapping):
        return [each for part in value.values() for each in flat(part)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [each for part in value for each in flat(part)]
    return [value]
