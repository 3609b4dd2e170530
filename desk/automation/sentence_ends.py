"""Full stops: after which words of a text a sentence ends.

What is exclaimed or asked goes on in the next sentence ("Another delay! When will you deliver?"),
what is stated is over with its full stop.
"""

import re
from collections.abc import Callable, Sized

from desk.automation.small_words import word_set

_STOP = re.compile(r"\.[\"»”)]?(?=\s)")
_WRITTEN = re.compile(r"[^\W_]+")
# A dot behind one of these, a single letter or a number is not the end of anything.
_SHORT = word_set(
    "руб коп тел моб доб ул стр корп кв пер пл пр просп наб обл респ тыс млн млрд мин сек сут мес",
    "др см напр гг рис табл пп тд тп тк макс прим шт уп упак эл адр ст ред",
    "etc mr mrs ms dr st nos vs inc ltd approx fig tel ext dept min max eg ie",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
)


def sentence_ends(text: str, words_of: Callable[[str], Sized]) -> list[int]:
    """Numbers of the words that end a sentence, in order; `words_of` is asked what stands between
    two spaces."""
    found, begin, count = [], 0, 0
    for stop in _STOP.finditer(text):
        pieces = text[begin : stop.end()].split()
        count += sum(map(len, map(words_of, pieces)))
        begin = stop.end()
        if count and _ends(pieces[-1]):
            found.append(count - 1)
    return found


def _ends(piece: str) -> bool:
    """Whether the dot behind a piece is a full stop, and not the last one of three."""
    before = piece[: piece.rindex(".")]
    if before.endswith("."):
        return False
    last = _WRITTEN.findall(before)[-1:]
    return not last or not (len(last[0]) == 1 or last[0].isdigit() or last[0].lower() in _SHORT)
