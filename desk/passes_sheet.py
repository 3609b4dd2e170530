"""Passings of a period as a file: each of them, and how long each line held what left it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.excel import Sheet, workbook
from core.i18n import N_, _, zone
from desk.catalog import catalog
from desk.counter_firings import Span, whole_days
from desk.passes import Pass, passes
from desk.passes_report import Held, report
from models import Staff

WAYS = {
    "up": N_("up"),
    "down": N_("down"),
    "sideways": N_("to another department"),
    "back": N_("back"),
}
READ = 1000


def sheets(who: Staff, first: date, last: date) -> bytes:
    """In the reader's zone. Invalid when the days can't be, or hold too many passings."""
    during = whole_days(first, last)
    held = report(who, during).held
    return workbook(
        Sheet(_("Passings"), _head(), map(_row, _all(who, during))),
        Sheet(_("How long it was held"), _head_of_held(), map(_row_of_held, held)),
    )


def _all(who: Staff, during: Span) -> Iterator[Pass]:
    cursor: int | None = None
    while True:
        found, cursor = passes(who, during, before=cursor, most=READ)
        yield from found
        if cursor is None:
            return


def _head() -> list[str]:
    passed, left = _("Passed"), _("Left or solved")
    return [
        _("Ticket"),
        _("Subject"),
        _("Way"),
        f"{passed} ({zone()})",
        f"{left} ({zone()})",
        _("Who"),
        _("From line"),
        _("To line"),
        _("Reason"),
        _("From group"),
        _("To group"),
        _("What was tried"),
        _("What was found"),
        _("What is needed"),
    ]


def _row(one: Pass) -> list[Any]:
    groups = (_group(one.from_group), _group(one.to_group))
    return [
        one.case_id,
        one.subject,
        _(WAYS[one.way]),
        _here(one.at),
        _here(one.ended_at) if one.ended_at else "",
        one.who,
        one.from_line,
        one.to_line,
        one.reason,
        *groups,
        one.tried,
        one.found,
        one.needed,
    ]


def _head_of_held() -> list[str]:
    return [
        _("Line"),
        _("Name of the line"),
        _("Tickets that left"),
        _("Median, hours"),
        _("9 of 10, hours"),
        _("There now"),
    ]


def _row_of_held(one: Held) -> list[Any]:
    hours = (round(seconds / 3600, 2) for seconds in (one.median, one.most_of))
    return [one.line, catalog().lines[one.line].name, one.times, *hours, one.now]


def _group(number: int | None) -> str:
    return catalog().name_of("group", number) if number else ""


def _here(at: datetime) -> datetime:
    """To the second. A cell has no zone: the head of the column says which."""
    return at.astimezone(ZoneInfo(zone())).replace(microsecond=0, tzinfo=None)
