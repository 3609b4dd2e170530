"""Passings in figures: how many, from where to where, what came back, how long it was held."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from core.db import db
from core.i18n import _, format_number
from desk.catalog import catalog
from desk.counter_firings import Span
from desk.errors import Invalid
from desk.passes import listed, of_visible, within
from desk.passing.rows import Way
from models import Case, Passing, Staff

MOST = 50_000


class Held(NamedTuple):
    """How long a line held what left it, in seconds by the clock; `now` = what it still holds."""

    line: int
    times: int
    median: float
    most_of: float  # nine of ten took no longer
    now: int


@dataclass(frozen=True)
class Matrix:
    """How often from one to another; keys are lines, or ids of groups with None for no group; empty
    where nothing went to another one."""

    counts: Counter[tuple[Any, Any]]
    keys: Sequence[Any]

    def at(self, before: Any, after: Any) -> int:
        return self.counts[before, after]


@dataclass(frozen=True)
class Report:
    """Of one period. `returned` = of those passed on in it, how many were given back since."""

    ways: Counter[str]
    returned: int
    lines: Matrix
    groups: Matrix
    held: Sequence[Held]

    @property
    def onward(self) -> int:
        return sum(self.ways.values()) - self.ways[Way.BACK]

    @property
    def returned_share(self) -> int:
        """Of a hundred."""
        return round(100 * self.returned / self.onward) if self.onward else 0


def report(who: Staff, during: Span) -> Report:
    """Of tickets that this person may see. Invalid for more than MOST passings."""
    _demand_few(who, during)
    query = of_visible(who).with_only_columns(*_MOVES).where(*within(Passing.at, during))
    moves = db.session.execute(query.order_by(Passing.id)).all()
    return Report(
        ways=Counter(move.way for move in moves),
        returned=_returned(moves, during),
        lines=_matrix(((move.from_line, move.to_line) for move in moves), list(catalog().lines)),
        groups=_matrix(_regroupings(moves), [*catalog().groups, None]),
        held=_held(who, during),
    )


_MOVES = (
    Passing.id,
    Passing.case_id,
    Passing.way,
    Passing.from_line,
    Passing.to_line,
    Passing.from_group_id,
    Passing.to_group_id,
)


def _demand_few(who: Staff, during: Span) -> None:
    some = listed(who, during).with_only_columns(Passing.id).order_by(None).limit(MOST + 1)
    if (db.session.scalar(select(func.count()).select_from(some.subquery())) or 0) > MOST:
        most = format_number(MOST)
        raise Invalid(_("More than %(most)s passings: choose fewer days.", most=most), "from")


def _matrix(moves: Iterable[tuple[Any, Any]], order: Sequence[Any]) -> Matrix:
    counts = Counter(moves)
    there = {key for pair in counts for key in pair}
    return Matrix(counts, [key for key in order if key in there])


def _regroupings(moves: Iterable[Any]) -> Iterable[tuple[int | None, int | None]]:
    pairs = ((move.from_group_id, move.to_group_id) for move in moves)
    return (pair for pair in pairs if pair[0] != pair[1])


def _returned(moves: Sequence[Any], during: Span) -> int:
    """Of the passings of the period, those that a return has answered since (see passing.back)."""
    ours = {move.id for move in moves if move.way != Way.BACK}
    cases = select(Passing.case_id).where(*within(Passing.at, during), Passing.way != Way.BACK)
    query = (
        select(Passing.case_id, Passing.id, Passing.way)
        .where(Passing.case_id.in_(cases))
        .order_by(Passing.case_id, Passing.id)
    )
    answered: set[int] = set()
    for _case, its in groupby(db.session.execute(query), key=lambda row: row.case_id):
        standing: list[int] = []
        for row in its:
            if row.way != Way.BACK:
                standing.append(row.id)
            elif standing:
                answered.add(standing.pop())
    return len(ours & answered)


def _held(who: Staff, during: Span) -> list[Held]:
    """Of stays that ended in the period, by going on or by being solved."""
    spans: dict[int, list[float]] = defaultdict(list)
    for line, since, until in _stays(who, during):
        spans[line].append((until - since).total_seconds())
    standing = of_visible(who).where(Passing.ended_at.is_(None)).group_by(Passing.to_line)
    counted = db.session.execute(standing.with_only_columns(Passing.to_line, func.count()))
    now: dict[int, int] = {row[0]: row[1] for row in counted}
    lines = [line for line in catalog().lines if spans[line] or now.get(line)]
    return [
        Held(
            line,
            len(spans[line]),
            median(spans[line]) if spans[line] else 0,
            _nine_of_ten(spans[line]),
            now.get(line, 0),
        )
        for line in lines
    ]


def _stays(who: Staff, during: Span) -> Iterable[Any]:
    """(line, since, until): where tickets were passed to, and where they were before the first."""
    ended = of_visible(who).where(*within(Passing.ended_at, during))
    yield from db.session.execute(
        ended.with_only_columns(Passing.to_line, Passing.at, Passing.ended_at)
    )
    earlier = aliased(Passing)
    before = select(earlier.id).where(earlier.case_id == Case.id, earlier.id < Passing.id)
    first = of_visible(who).where(*within(Passing.at, during), ~before.exists())
    yield from db.session.execute(
        first.with_only_columns(Passing.from_line, Case.created_at, Passing.at)
    )


def _nine_of_ten(seconds: list[float]) -> float:
    if not seconds:
        return 0
    return sorted(seconds)[ceil(0.9 * len(seconds)) - 1]
