"""How a case travelled: who passed it when and why, and how long each line held it. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from core import clock
from core.db import plain_rows
from desk import conversation
from desk.catalog import catalog
from desk.passing.back import returnable
from desk.passing.rows import Way
from desk.passing.words import PARTS
from models import Case, Participant, Passing

MOST = 100
_COLUMNS = (
    Passing.id,
    Passing.at,
    Passing.way,
    Passing.from_line,
    Passing.to_line,
    Passing.from_group_id,
    Passing.to_group_id,
    Passing.from_assignee_id,
    Passing.reason,
    Passing.tried,
    Passing.found,
    Passing.needed,
    Passing.ended_at,
)


class Passed(NamedTuple):
    """A passing as it is told; `who` in words, `parts` = (title to be translated, text) given."""

    id: int
    at: datetime
    way: str
    from_line: int
    to_line: int
    from_group: int | None
    to_group: int | None
    from_assignee: int | None
    reason: str
    tried: str
    found: str
    needed: str
    ended_at: datetime | None
    who: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        texts = ((title, getattr(self, name)) for name, title in PARTS.items())
        return [(title, text) for title, text in texts if text]

    @property
    def is_back(self) -> bool:
        return self.way == Way.BACK

    @property
    def is_within_line(self) -> bool:
        return self.from_line == self.to_line


class Stay(NamedTuple):
    """One line, and a group of it, had the case; `then` = how it left them, None where it did not.

    `until` None = they have it still.
    """

    line: int
    group: int | None
    since: datetime
    until: datetime | None
    then: Passed | None

    @property
    def seconds(self) -> float:
        return ((self.until or clock.now()) - self.since).total_seconds()


@dataclass(frozen=True)
class Story:
    """`current` = by which those have it who have it now; None where it is over, or never was."""

    passed: Sequence[Passed]
    stays: Sequence[Stay]
    current: Passed | None
    to_return: Passed | None  # what a return would answer

    @property
    def returns_to(self) -> str:
        """The name of the person who would get it back; empty where only their group would."""
        person = catalog().staff.get((self.to_return and self.to_return.from_assignee) or 0)
        if person is None or not person.is_active or self.to_return is None:
            return ""
        group = self.to_return.from_group
        is_there = group is None or person.id in catalog().members.get(group, ())
        return person.name if is_there else ""


def story(case: Case) -> Story:
    """Of the last MOST passings."""
    rows = plain_rows(_QUERY, {"case": case.id, "most": MOST})[::-1]
    named = _machines(case) if any(row.by_kind != "staff" for row in rows) else {}
    passed = [
        Passed._make((*row[: len(_COLUMNS)], named.get(row.id) or _name(row))) for row in rows
    ]
    last = passed[-1] if passed else None
    current = last if last is not None and last.ended_at is None else None
    return Story(passed, _stays(case, passed), current, returnable(passed))


_QUERY = (
    select(*_COLUMNS, Passing.by_id, Participant.kind.label("by_kind"), Participant.name)
    .join(Participant, Participant.id == Passing.by_id)
    .where(Passing.case_id == bindparam("case"))
    .order_by(Passing.id.desc())
    .limit(bindparam("most"))
)


def _name(row: Any) -> str:
    known = catalog().staff.get(row.by_id)
    return known.name if known else str(row.name)


def _machines(case: Case) -> dict[int, str]:
    """{passing: which trigger or counter it was}."""
    moved = conversation.changes(case, "line")
    return {each.event.data.get("passing", 0): each.actor for each in moved if each.is_machine}


def _stays(case: Case, passed: Sequence[Passed]) -> list[Stay]:
    if not passed:
        return []
    first = passed[0]
    stays = [Stay(first.from_line, first.from_group, case.created_at, first.at, first)]
    for one, following in zip(passed, [*passed[1:], None], strict=True):
        stays.append(Stay(one.to_line, one.to_group, one.at, one.ended_at, following))
    return stays
