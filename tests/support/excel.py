"""What stands in an Excel file, cell by cell."""

import io
import zipfile
from xml.etree import ElementTree

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Rows = list[list[str | float]]


def rows_of(file: bytes) -> list[Rows]:
    """The rows of each sheet, in order; numbers are numbers, all else is text."""
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        shared = _xml(book, "xl/sharedStrings.xml").findall("m:si", NS)
        texts = ["".join(one.itertext()) for one in shared]
        names = sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        return [_rows(_xml(book, name), texts) for name in names]


def _xml(book: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(name))  # noqa: S314 # made by ourselves


def _rows(sheet: ElementTree.Element, texts: list[str]) -> Rows:
    rows = sheet.iterfind("m:sheetData/m:row", NS)
    return [[_cell(cell, texts) for cell in row.iterfind("m:c", NS)] for row in rows]


def _cell(cell: ElementTree.Element, texts: list[str]) -> str | float:
    value = cell.findtext("m:v", "", NS)
    return texts[int(value)] if cell.get("t") == "s" else float(value)
