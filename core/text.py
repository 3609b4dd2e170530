"""Words of Russian and English text: one spelling, offsets into the original, stems."""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

CYRILLIC_TWINS = str.maketrans("abcehkmoptxy", "авсенкмортху")
LATIN_TWINS = str.maketrans("авсенкмортху", "abcehkmoptxy")
_INVISIBLE = "\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
# The bounds keep a megabyte without a space from becoming one word, and the caches small.
_WORD = re.compile(rf"[^\W_]{{1,40}}(?:[{_INVISIBLE}]+[^\W_]{{0,40}}|['’ʼ][^\W_]{{1,40}}){{0,8}}")
_PARTED = re.compile(f"({_WORD.pattern})")
_CYRILLIC = re.compile("[а-яіѐ-ӿ]")
_RARE = re.compile(f"[ёÀ-ɏʼ’{_INVISIBLE}]")
_LATIN = re.compile("[a-z]")
_MIXED = re.compile("[a-z][0-9]*[а-я]|[а-я][0-9]*[a-z]")
_WRITTEN = re.compile(r"[^\W_]+")
# Snowball takes "терминал, терминала" for a verb in the past and parts it from "терминалы".
_NOUN_IN_AL = re.compile(
    "(вокзал|журнал|интервал|канал|капитал|квартал|материал|номинал|оригинал|персонал|подвал"
    "|портал|потенциал|сигнал|скандал|терминал|филиал|финал|функционал)а?"
)
_PIECE = re.compile(rf"[^\W_]+(?:[{_INVISIBLE}]+[^\W_]*)*|[\W_]+?")
_stemmers = {name: Stemmer(name, 0) for name in ("russian", "english")}
_stemming = Lock()  # one Stemmer must not be entered by two threads


class Span(NamedTuple):
    """A place in a text as it was written, for highlighting."""

    start: int
    end: int


class Token(NamedTuple):
    """A folded word and its place in the text as it was written."""

    word: str
    start: int
    end: int


def _plain_letters() -> dict[str, str]:
    """Ё, accented Latin letters, apostrophes and invisible marks, by what they are read as."""
    marks = [*range(0x300, 0x370), 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]
    table = {"ё": "е", "’": "'", "ʼ": "'"} | {chr(code): "" for code in marks}
    for letter in map(chr, range(0xC0, 0x250)):
        base = unicodedata.normalize("NFD", letter)[0]
        table[letter] = base.lower() if base.isascii() else letter
    return table


_PLAIN = _plain_letters()


def _plainly(rare: re.Match[str]) -> str:
    return _PLAIN[rare[0]]


def fold(text: str) -> str:
    """One spelling of what reads alike: case, ё, accents, look-alike letters of the other script.

    Lengths may change; for places in the original use `tokens`.
    """
    if text.isascii():
        return text.lower()
    # NFKC would read the number sign as the word "no".
    composed = unicodedata.normalize("NFKC", text.replace("№", "#")).casefold()
    plain = _RARE.sub(_plainly, unicodedata.normalize("NFKC", composed))
    return _WRITTEN.sub(_one_script, plain) if _MIXED.search(plain) else plain


def _one_script(written: re.Match[str]) -> str:
    """A word with letters of both scripts, in the script that it can be wholly written in."""
    word = written[0]
    if word.isascii() or not _LATIN.search(word) or not _CYRILLIC.search(word):
        return word
    cyrillic, latin = word.translate(CYRILLIC_TWINS), word.translate(LATIN_TWINS)
    if _LATIN.search(cyrillic):
        return word if _CYRILLIC.search(latin) else latin
    mostly_latin = len(_LATIN.findall(word)) * 2 > len(word)
    return latin if mostly_latin and not _CYRILLIC.search(latin) else cyrillic


def spans_of(part: str, text: str) -> list[Span]:
    """Where `fold(part)` stands in `fold(text)`, as places of the text as it was written.

    Words whose folding has another length count whole.
    """
    sought, shown = fold(part), ""
    origin: list[Span] = []  # of each folded letter
    for piece in _PIECE.finditer(text):
        plain, whole = fold(piece[0]), Span(*piece.span())
        shown += plain
        if len(plain) == len(piece[0]):
            origin += [Span(at, at + 1) for at in range(*whole)]
        else:
            origin += [whole] * len(plain)
    found, at = [], shown.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        found.append(Span(origin[at].start, origin[end - 1].end))
        at = shown.find(sought, end)
    return found


def words(text: str) -> list[str]:
    """The words as written, for those who need no places: the fastest reading."""
    return _WORD.findall(text)


def parted(text: str) -> list[str]:
    """What stands between words, and `words(text)`, by turns: joined they are the text again."""
    return _PARTED.split(text)


def tokens(text: str) -> list[Token]:
    return [Token(folded(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """`fold` of one word, remembered."""
    return fold(word)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Snowball's stem by the script of the word, folded or as written; digits stay."""
    plain = fold(word)
    if noun := _NOUN_IN_AL.fullmatch(plain):
        return noun[1]
    language = "russian" if _CYRILLIC.search(plain) else "english"
    with _stemming:
        stemmed: str = _stemmers[language].stemWord(plain)
    return stemmed


def stems(text: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(text)]
