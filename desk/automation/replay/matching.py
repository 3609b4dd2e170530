"""How many open cases meet the conditions of a rule now, saved or not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from sqlalchemy import func, inspect, select

from core import clock
from core.db import db
from desk.automation.conditions import Check, Condition, compiled
from desk.automation.definition import root_of
from desk.automation.fields import field_named
from desk.automation.moment import Moment, Occurrence
from desk.automation.replay.facts import facts_of
from desk.automation.replay.image import OWN, Image
from desk.automation.replay.narrowing import narrowed
from desk.automation.replay.strides import strides
from desk.automation.replay.today import Today
from desk.automation.since import assignee_since
from desk.automation.subjects import subjects_of
from desk.history import COLUMNS
from models import Case, CaseTag, Message, MessageKind, Tag

CHUNK = 500
STRIDE = 10_000  # the same where SQL alone tells
NEWEST = 50  # that are remembered, so that five are left which the reader may see

_ALWAYS = (Case.id, Case.kind)


@dataclass(frozen=True)
class Matching:
    """`cases` meet the conditions, of `open` that there are; not `is_whole`: at least so many,
    found among `looked_at` of the newest, or of those touched last. `newest`: some of them.
    """

    cases: int
    open: int
    looked_at: int
    is_whole: bool
    newest: tuple[int, ...]


def matching(definition: dict[str, Any], budget_ms: float | None = None) -> Matching:
    """Asked as if nothing had just changed. Conditions.Broken; inside a unit of work."""
    now, is_over = clock.now(), _running_out(budget_ms)
    check, conditions = compiled(root_of(definition))
    among = (Case.is_open, Case.kind.in_(subjects_of(definition["on"])))
    total = db.session.scalar(select(func.count()).select_from(Case).where(*among)) or 0
    narrow = narrowed(root_of(definition), conditions, now)
    where = (*among, narrow.where)
    if narrow.is_exact:
        return _told_by_sql(where, total, is_over)
    found, looked, newest = 0, 0, []
    for chunk in _chunks(where, _columns(conditions)):
        for image in chunk:
            if _holds(image, check, now):
                found += 1
                newest.append(image.id)
        looked += len(chunk)
        if is_over():
            is_whole = len(chunk) < CHUNK
            break
    else:
        is_whole = True
    looked_at = total if is_whole else looked
    return Matching(found, total, looked_at, is_whole, tuple(newest[:NEWEST]))


def _running_out(budget_ms: float | None) -> Callable[[], bool]:
    elapsed = clock.stopwatch()
    return lambda: budget_ms is not None and elapsed() > budget_ms


def _told_by_sql(where: Sequence[Any], total: int, is_over: Callable[[], bool]) -> Matching:
    found, looked, newest = 0, 0, list[int]()
    for part in strides(STRIDE):
        if looked and is_over():
            return Matching(found, total, looked, False, _newest(newest))
        count = select(func.count()).select_from(Case).where(*where, part)
        here = db.session.scalar(count) or 0
        if here and len(newest) < NEWEST:
            seen = select(Case.id).where(*where, part).order_by(Case.id.desc())
            newest += db.session.scalars(seen.limit(NEWEST - len(newest)))
        found, looked = found + here, min(looked + STRIDE, total)
    return Matching(found, total, total, True, _newest(newest))


def _newest(numbers: list[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers, reverse=True))


def _columns(conditions: Mapping[str, Condition]) -> list[Any]:
    """Those that the conditions look at: the fewer, the more cases there is time for."""
    fields = [field_named(one.field) for one in conditions.values()]
    names = {name for field in fields if field for name in (field.reads or (field.key,))}
    if "text" in names:
        names.add("subject")
    own = {"fields"} if any(name.startswith(OWN) for name in names) else set()
    wanted = {*(COLUMNS.get(name, name) for name in names), *own, "assignee_id", "created_at"}
    rows = inspect(Case).column_attrs
    return [*_ALWAYS, *(getattr(Case, name) for name in sorted(wanted) if name in rows)]


def _chunks(where: Sequence[Any], columns: Sequence[Any]) -> Iterator[list["OpenImage"]]:
    """Images of the cases, the newest first."""
    before = 2**31 - 1  # what no number is
    while True:
        query = select(*columns).where(*where, Case.id < before)
        rows = db.session.execute(query.order_by(Case.id.desc()).limit(CHUNK)).all()
        beside = Beside([row.id for row in rows])
        yield [OpenImage(row, beside) for row in rows]
        if len(rows) < CHUNK:
            return
        before = rows[-1].id


def _holds(image: Image, check: Check, now: datetime) -> bool:
    """What can't be asked does not hold, as live."""
    facts = facts_of(image, Occurrence(subject=image.kind))
    try:
        return check(Moment(facts, {}, now)) is None
    except Exception:  # the same as desk.automation.live.conditions_hold
        return False


class Beside(Today):
    """What stands in other tables about some cases, each read at once when first asked for."""

    @cached_property
    def tags(self) -> dict[int, list[str]]:
        query = (
            select(CaseTag.case_id, Tag.name)
            .join(Tag, Tag.id == CaseTag.tag_id)
            .where(CaseTag.case_id.in_(self.numbers))
        )
        return _by_case(db.session.execute(query).all())

    @cached_property
    def texts(self) -> dict[int, list[str]]:
        query = (
            select(Message.case_id, Message.text)
            .where(Message.case_id.in_(self.numbers), Message.kind == MessageKind.PUBLIC)
            .order_by(Message.id)
        )
        return _by_case(db.session.execute(query).all())


def _by_case(rows: Sequence[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, text in rows:
        found.setdefault(number, []).append(text)
    return found


class OpenImage(Image):
    """A case as it is now."""

    def __init__(self, row: Any, beside: Beside) -> None:
        self.__dict__.update(row._mapping)
        self.number, self.today, self.beside = row.id, beside, beside
        self.link_nonce, self.said, self.notes, self.last_runs = "", [], {}, {}

    @property
    def tag_names(self) -> list[str]:  # type: ignore[override]
        return sorted(self.beside.tags.get(self.id, ()))

    @property
    def assignee_since(self) -> datetime | None:
        return assignee_since(cast(Case, self))

    def words(self, most: int) -> str:
        return "\n".join([self.value("subject"), *self.beside.texts.get(self.id, ())[:most]])
