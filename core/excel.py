"""Excel files. Whatever people wrote stays text in its cells, never a formula or a link."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import xlsxwriter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000  # characters that a cell takes
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
OPTIONS = {
    "constant_memory": True,  # a row is written when the next one begins, and not kept
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
MOMENT = "yyyy-mm-dd hh:mm:ss"
WIDTHS = (12, 44, 22, 26, 26, 30, 12, 12, 60, 30)


class Sheet(NamedTuple):
    """`rows` = texts, numbers and naive times, as many in each as `head` has titles."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]


def workbook(*sheets: Sheet) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        for sheet in sheets:
            _fill(book, sheet)
    return out.getvalue()


def _fill(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:31])
    bold, text = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    moment = book.add_format({"num_format": MOMENT, "align": "left"})
    page.freeze_panes(1, 0)
    for at, width in enumerate(WIDTHS[: len(sheet.head)]):
        page.set_column(at, at, width)
    for at, title in enumerate(sheet.head):
        page.write_string(0, at, title, bold)
    for row_at, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            if isinstance(value, int | float):
                page.write_number(row_at, at, value)
            elif isinstance(value, datetime):
                page.write_datetime(row_at, at, value, moment)
            else:
                guard = text if value.startswith(FORMULA) else None
                page.write_string(row_at, at, value[:LONGEST], guard)
