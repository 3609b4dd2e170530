"""Files that somebody brings: which articles they hold, and what is wrong with which."""

import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bs4 import BeautifulSoup
from markdownify import markdownify

from core.i18n import LOCALES, _, locale
from desk.errors import Invalid, kept
from desk.faq_files.piece import Piece, piece_of, read

MARKDOWN, HTML, CSV = (".md", ".markdown"), (".html", ".htm"), (".csv",)
LARGEST = 1_000_000  # bytes of a file
MOST = 2_000  # files, and rows of a table
LARGEST_ARCHIVE = 50_000_000  # bytes of all that is in it
_LOCALE = re.compile(r"(.+?)[._-](ru|en)")
_NOT_TEXT = ("script", "style", "nav", "header", "footer", "form", "iframe", "object")
csv.field_size_limit(min(sys.maxsize, LARGEST))


@dataclass
class Read:
    """`problems`: the name of a file and what is wrong with it."""

    pieces: list[Piece] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_files(files: Iterable[tuple[str, bytes]]) -> Read:
    """Paths with what the files hold; others than Markdown, HTML and CSV are named and left."""
    found = Read()
    for at, (path, content) in enumerate(files):
        try:
            if at >= MOST:
                raise Invalid(_("At most %(n)s files at once.", n=MOST))
            found.pieces += _pieces(path, content)
        except Invalid as error:
            found.problems.append((path, kept(error)))
    return found


def unzipped(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What an archive holds. Invalid for what is none, or holds too much."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [each for each in archive.infolist() if not each.is_dir()]
        if sum(each.file_size for each in entries) > LARGEST_ARCHIVE:
            raise Invalid(_("There is too much in this archive."), "file")
        for entry in entries:
            with archive.open(entry) as opened:  # a head may lie about the size
                yield entry.filename, opened.read(LARGEST + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Invalid(_("This is no archive that can be read."), "file") from error


def _pieces(path: str, content: bytes) -> list[Piece]:
    name = PurePosixPath(path.replace("\\", "/"))
    if len(content) > LARGEST:
        raise Invalid(_("The file is larger than 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("This is no text in UTF-8.")) from error
    kind = name.suffix.lower()
    if kind in CSV:
        return _of_table(text, str(name))
    section = name.parent.name if name.parent.name not in (*LOCALES, "") else ""
    key, code = _key(name)
    if kind in MARKDOWN:
        return [read(text, key=key, locale=code, section=section)]
    if kind in HTML:
        return [_of_html(text, key, code, section)]
    raise Invalid(_("Only .md, .html and .csv are read."))


def _key(name: PurePosixPath) -> tuple[str, str]:
    """What the languages of an article share of their paths, and the language."""
    parts = [part for part in name.parent.parts if part not in LOCALES]
    codes = [part for part in name.parent.parts if part in LOCALES]
    named = _LOCALE.fullmatch(name.stem)
    stem = named[1] if named else name.stem
    code = named[2] if named else (codes[-1] if codes else locale())
    return "/".join([*parts, stem]), code


def _of_html(text: str, key: str, code: str, section: str) -> Piece:
    page = BeautifulSoup(text, "html.parser")
    for tag in page.find_all(_NOT_TEXT):
        tag.decompose()
    heading = page.find("h1")
    named = heading or page.title
    title = named.get_text(" ", strip=True) if named else ""
    if heading:
        heading.decompose()
    body = page.find("article") or page.find("main") or page.body or page
    markdown = markdownify(str(body), heading_style="ATX", bullets="-").strip()
    markdown = re.sub(r"\n{3,}", "\n\n", markdown)
    return piece_of({"title": [title]}, markdown, key=key, locale=code, section=section)


def _of_table(text: str, path: str) -> list[Piece]:
    sample = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in sample else ",")
    names = [(name or "").strip().lower() for name in rows.fieldnames or []]
    if not {"title", "body"} <= set(names):
        raise Invalid(_("The first row must name the columns title and body."))
    rows.fieldnames = names
    found = list[Piece]()
    try:
        for number, row in enumerate(rows, 2):
            if len(found) >= MOST:
                raise Invalid(_("At most %(n)s rows.", n=MOST))
            head = {key: [value] for key, value in row.items() if isinstance(value, str) and value}
            head["alias"] = [each for each in (row.get("aliases") or "").split("|") if each.strip()]
            key = row.get("key") or f"{path}:{number}"
            found.append(piece_of(head, row.get("body") or "", key=key, locale=locale()))
    except csv.Error as error:
        raise Invalid(_("The table can't be read: %(why)s", why=str(error))) from error
    except Invalid as error:
        raise Invalid(_("Row %(n)s: %(why)s", n=len(found) + 2, why=str(error))) from error
    return found
