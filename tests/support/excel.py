"""What stands in an Excel file, cell by cell."""

import io
import zipfile
from xml.etree import ElementTree

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Rows = list[list[str | float]]


def rows_of(file: bytes) -> list[Rows]:
    """The rows of each sheet, in order; numbers are numbers, all else is text."""
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_rows(_xml(book, name)) for name in names]


def _xml(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(name))  # noqa: S314 # made by ourselves


def _rows(sheet: ElementTree.Element) -> Rows:
    rows = sheet.iterfind("m:sheetData/m:row", NS)
    return [[_cell(cell) for cell in row.iterfind("m:c", NS)] for row in rows]


def _cell(cell: ElementTree.Element) -> str | float:
    """A text stands in its cell."""
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext())
    return float(cell.findtext("m:v", "", NS))
