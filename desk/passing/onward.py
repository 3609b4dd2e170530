"""Passing work on, with why and with what is known about it."""

from typing import Unpack

from core.i18n import _
from desk import history
from desk.catalog import catalog
from desk.errors import Invalid
from desk.passing.place import Place, fits, place
from desk.passing.rows import Way, begin, way_of
from desk.passing.words import Parts, checked
from models import Case, Group, Participant, Passing


def pass_on(
    case: Case,
    *,
    by: Participant,
    line: int | None = None,
    group: Group | None = None,
    reason: str,
    **parts: Unpack[Parts],
) -> Passing:
    """To a line, to a group of another department, or to a group of a line (both).

    Whoever had it keeps it only when they work there too. Invalid without a reason, for what can't
    be chosen, and for a case that is over.
    """
    demand_open(case)
    there = place(case, line, group)
    words = checked(reason, parts)
    way = Way.SIDEWAYS if line is None else way_of(case.line, there.line)
    row = begin(case, way, there, by=by, words=words)
    move(case, there, row, by=by)
    person = catalog().staff.get(case.assignee_id or 0)
    if person is not None and not fits(person, there):
        history.change(case, by=by, data={"passing": row.id}, assignee=None)
    return row


def demand_open(case: Case) -> None:
    if case.is_solved:
        raise Invalid(_("It is solved: open it again before you pass it on."), "line")


def move(case: Case, there: Place, row: Passing, *, by: Participant) -> None:
    """Line and group, each with why; the reason is told once."""
    told = {"reason": row.reason, "passing": row.id, "way": row.way}
    with_line = {"line": there.line, "passing": row.id}
    is_other = history.change(case, by=by, data=told, line=there.line)
    history.change(case, by=by, data=with_line if is_other else told, group=there.group)
