"""CSV files that open in Excel. Whatever people wrote stays text, never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from core.excel import FORMULA, Sheet

CSV = "text/csv; charset=utf-8"
ROWS = 1000
BOM = "\ufeff"  # Excel reads UTF-8 only with it


def csv_parts(sheet: Sheet) -> Iterator[bytes]:
    """The file in parts: so many rows in each that it is worth a look at the database."""
    rows = iter(sheet.rows)
    part = BOM + _lines([sheet.head])
    while part:
        yield part.encode()
        part = _lines(islice(rows, ROWS))


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """An apostrophe in front keeps a text from being computed; numbers and times stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
