"""The passage that shows why an article was found, and the marks on it. Pure."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from core.text import parted
from desk.search.analysis import term

LENGTH = 180  # letters
LOOKED_AT = 6_000
ROUGH = 4  # letters; of a longer stem the last one may differ in the word
BREAKS = (". ", "! ", "? ", "\n")
# Headings, items and cells of a table end without a mark.
_BETWEEN = re.compile(r"(?<![.!?…:;,\n])\n(?!$)")


def marked(text: str, stems: Collection[str]) -> Markup:
    """The text, escaped, with <mark> around each word that has one of the stems."""
    pieces = parted(text.replace("\0", ""))  # by this sign the marks are told from the text
    for at in range(1, len(pieces), 2):
        if term(pieces[at]) in stems:
            pieces[at] = f"\0({pieces[at]}\0)"
    safe = str(escape("".join(pieces)))
    return Markup(safe.replace("\0(", "<mark>").replace("\0)", "</mark>"))  # noqa: S704 - escaped


def snippet(plain: str, stems: Collection[str], *, otherwise: str = "") -> Markup:
    """The densest passage of the text; `otherwise`, or its beginning, when no word is there."""
    plain = plain[:LOOKED_AT]
    places = _places(plain, stems)
    if not places:
        return escape(otherwise or _cut(plain, 0))
    return marked(_cut(plain, _sentence_start(plain, _densest(places))), stems)


def _places(plain: str, stems: Collection[str]) -> list[tuple[int, str]]:
    """Where words begin as the stems do, in order: rough, but read at once."""
    text = _folded(plain)
    found: dict[int, str] = {}
    for beginning in sorted({stem[:-1] if len(stem) > ROUGH else stem for stem in stems}):
        at = text.find(beginning)
        while at >= 0:
            if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
                found.setdefault(at, beginning)
            at = text.find(beginning, at + 1)
    return sorted(found.items())


def _folded(plain: str) -> str:
    """As `fold` for most words; each letter stays where it was."""
    lowered = plain.lower().replace("ё", "е")
    return lowered if len(lowered) == len(plain) else plain


def _densest(places: list[tuple[int, str]]) -> int:
    """Where the passage begins that has the most different words."""

    def worth(start: int) -> int:
        return len({word for at, word in places if start <= at < start + LENGTH - 20})

    return max((at for at, _word in places[:50]), key=worth)


def _sentence_start(text: str, at: int) -> int:
    """The beginning of the sentence when it is near, else of a word before."""
    ends = (found + len(each) for each in BREAKS if (found := text.rfind(each, 0, at)) >= 0)
    nearest = max(ends, default=0)
    if at - nearest <= LENGTH // 2:
        return nearest
    return text.rfind(" ", 0, max(at - LENGTH // 4, 0)) + 1


def _cut(text: str, start: int) -> str:
    passage = text[start : start + LENGTH]
    if start + LENGTH < len(text):
        passage = passage.rpartition(" ")[0].rstrip(".,;: ") + "…"
    is_whole = start == 0 or text[:start].endswith(BREAKS)
    return ("" if is_whole else "…") + _BETWEEN.sub(" · ", passage).replace("\n", " ").strip()
