"""Words for an address: Russian in Latin letters, hyphens between."""

import re

from core.text import fold

_RUSSIAN = dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True))
_RUSSIAN |= {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_LETTERS = str.maketrans(_RUSSIAN)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, *, longest: int = 80) -> str:
    """As much of the text as an address takes, whole words when it must be cut; may be empty."""
    words = _OTHER.sub("-", fold(text[: longest * 4]).replace("'", "").translate(_LETTERS))
    words = words.strip("-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words
