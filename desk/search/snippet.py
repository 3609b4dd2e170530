"""The passage that shows why an article was found, and the marks on it. Pure."""

import re
from collections.abc import Collection
from functools import lru_cache

from markupsafe import Markup, escape

from core.text import places
from desk.search.analysis import term

LENGTH = 180  # letters
LOOKED_AT = 6_000
ROUGH = 4  # letters; of a longer stem the last one may differ in the word
BREAKS = (". ", "! ", "? ", "\n")
# Headings, items and cells of a table end without a mark.
_BETWEEN = re.compile(r"(?<![.!?…:;,\n])\n(?!$)")


def marked(text: str, stems: Collection[str]) -> Markup:
    """The text, escaped, with <mark> around each word that has one of the stems."""
    pieces, at = [], 0
    for start, end in places(text):
        if term(text[start:end]) in stems:
            pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    return Markup("".join([*pieces, escape(text[at:])]))  # noqa: S704 - each piece is escaped


def snippet(plain: str, stems: Collection[str], *, otherwise: str = "") -> Markup:
    """The densest passage of the text; `otherwise`, or its beginning, when no word is there."""
    plain = plain[:LOOKED_AT]
    places = _places(plain, stems)
    if not places:
        return escape(otherwise or _cut(plain, 0))
    return marked(_cut(plain, _sentence_start(plain, _densest(places))), stems)


def _places(plain: str, stems: Collection[str]) -> list[tuple[int, str]]:
    """Where words begin as the stems do: rough, but read at once."""
    wanted = _beginning_as(frozenset(stems))
    return [(found.start(), found[0]) for found in wanted.finditer(_folded(plain))]


@lru_cache(maxsize=256)
def _beginning_as(stems: frozenset[str]) -> re.Pattern[str]:
    """Kept: every article found by a query is looked through for the same."""
    beginnings = (stem[:-1] if len(stem) > ROUGH else stem for stem in stems)
    any_of = "|".join(map(re.escape, sorted(beginnings)))
    return re.compile(rf"\b(?:{any_of})")


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
