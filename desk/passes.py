"""Passings one by one, of tickets that a person may see."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select

from core.db import db
from core.i18n import _
from desk import access
from desk.catalog import catalog
from desk.counter_firings import Span
from models import Case, Participant, Passing, Staff

PAGE = 50


class Pass(NamedTuple):
    """A passing with its ticket."""

    id: int
    at: datetime
    case_id: int
    subject: str
    way: str
    from_line: int
    to_line: int
    from_group: int | None
    to_group: int | None
    reason: str
    tried: str
    found: str
    needed: str
    ended_at: datetime | None
    by_id: int
    by_kind: str
    by_name: str

    @property
    def who(self) -> str:
        """Which trigger or counter it was stands on the ticket."""
        known = catalog().staff.get(self.by_id)
        if known is not None:
            return known.name
        return {"rule": _("a trigger"), "counter": _("a counter")}.get(self.by_kind, self.by_name)


def passes(
    who: Staff, during: Span, *, before: int | None = None, most: int = PAGE
) -> tuple[list[Pass], int | None]:
    """The newest of the period, and the cursor of what is older."""
    query = listed(who, during).limit(most + 1)
    if before is not None:
        query = query.where(Passing.id < before)
    found = [Pass(*row) for row in db.session.execute(query)]
    shown = found[:most]
    return shown, shown[-1].id if len(found) > most else None


def listed(who: Staff, during: Span) -> Select[*tuple[Any, ...]]:
    """The columns of Pass, the newest first."""
    columns = (
        Passing.id,
        Passing.at,
        Case.id,
        Case.subject,
        Passing.way,
        Passing.from_line,
        Passing.to_line,
        Passing.from_group_id,
        Passing.to_group_id,
        Passing.reason,
        Passing.tried,
        Passing.found,
        Passing.needed,
        Passing.ended_at,
        Passing.by_id,
        Participant.kind,
        Participant.name,
    )
    return (
        of_visible(who)
        .join(Participant, Participant.id == Passing.by_id)
        .where(*within(Passing.at, during))
        .order_by(Passing.id.desc())
        .with_only_columns(*columns)
    )


def of_visible(who: Staff) -> Select[Any]:
    return access.visible_cases(who).join(Passing, Passing.case_id == Case.id)


def within(column: Any, during: Span) -> tuple[Any, Any]:
    return column >= during[0], column < during[1]
