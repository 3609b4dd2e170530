"""CSV files that open in Excel. Whatever people wrote stays text, never a formula."""

import csv
import io
from typing import Any

from core.excel import FORMULA, Sheet

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"  # Excel reads UTF-8 only with it


def csv_text(sheet: Sheet) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(sheet.head)
    for row in sheet.rows:
        rows.writerow([_cell(value) for value in row])
    return (BOM + out.getvalue()).encode()


def _cell(value: Any) -> Any:
    """An apostrophe in front keeps a text from being computed; numbers and times stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
