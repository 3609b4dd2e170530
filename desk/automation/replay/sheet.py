"""The outcome of a replay as an Excel file. Whatever people wrote stays text in its cells."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from core.i18n import _, format_date
from desk.automation.replay.outcome import Outcome

LONGEST = 32_000  # characters that a cell takes
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS = (12, 44, 22, 26, 26, 30, 12)


def sheet(outcome: Outcome) -> bytes:
    """The tickets that would have ended otherwise, the rules, the days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _fill(book, _("Otherwise"), _tickets_head(), _tickets(outcome))
        _fill(book, _("Triggers"), _rules_head(), _rules(outcome))
        _fill(book, _("By day"), _days_head(), _days(outcome))
    return out.getvalue()


def _fill(book: Any, name: str, head: list[str], rows: Iterable[list[Any]]) -> None:
    page = book.add_worksheet(name[:31])
    bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    page.freeze_panes(1, 0)
    for at, width in enumerate(WIDTHS[: len(head)]):
        page.set_column(at, at, width)
    for at, title in enumerate(head):
        page.write_string(0, at, title, bold)
    for row_at, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(row_at, at, value)
            else:
                guard = text if value.startswith(FORMULA) else None
                page.write_string(row_at, at, value[:LONGEST], guard)


def _tickets_head() -> list[str]:
    return [_("Number"), _("Subject"), _("Field"), _("As it is"), _("As it would be"), _("Set by")]


def _tickets(outcome: Outcome) -> Iterable[list[Any]]:
    for ticket in outcome.tickets:
        for one in ticket.differences:
            case = ticket.case
            yield [case.number, case.subject, one.label, one.before, one.after, one.by]


def _rules_head() -> list[str]:
    return [
        _("Number"),
        _("Trigger"),
        _("Would have acted"),
        _("Acted in life"),
        _("Tickets"),
        _("Mails"),
        _("Failed"),
    ]


def _rules(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.rules:
        number = one.rule_id if one.rule_id > 0 else ""
        yield [number, one.name, one.fired, one.live, one.cases, one.mails, one.failed]


def _days_head() -> list[str]:
    return [_("Day"), _("Would have acted"), _("Otherwise"), _("Mails")]


def _days(outcome: Outcome) -> Iterable[list[Any]]:
    for one in outcome.days:
        yield [format_date(one.at), one.fired, one.otherwise, one.mails]
