"""Vowels that come and go between the forms of a Russian word: посылка and посылок, день and дня.

A stem keeps them as they stand, so what is sought is also sought with the vowel the other way. What
is no word is in no index: it costs nothing and finds nothing.
"""

import re
from functools import lru_cache

_SHUT = re.compile("(.+)([ое])([кцнлргм])")
_OPEN = re.compile("(.+[^аеиоуыэюя])([кцнлргм])")
_SOFT = "ьй"  # кольц-о: колец, настройк-а: настроек
_VOWELS = "аеиоуыэюя"
SHORTEST = 3  # letters of a stem that has such a vowel
# Where Snowball takes more than the ending, or less.
_GROUPS = ("письм пис", "сотн сот", "ден дне дни дня")
_IRREGULAR = {stem: group.split() for group in _GROUPS for stem in group.split()}


@lru_cache(maxsize=1 << 14)
def twins(stem: str) -> tuple[str, ...]:
    """The stem, then what other forms of the word may be indexed under."""
    return tuple(dict.fromkeys([stem, *_IRREGULAR.get(stem, ()), *_turned(stem)]))


def _turned(stem: str) -> list[str]:
    if len(stem) < SHORTEST or stem.isascii():
        return []
    if shut := _SHUT.fullmatch(stem):
        return _without(shut[1], shut[3])
    if found := _OPEN.fullmatch(stem):
        return _with(found[1], found[2])
    return []


def _without(first: str, last: str) -> list[str]:
    if first[-1] in _VOWELS:
        return [f"{first}й{last}"]
    return [first + last, f"{first}ь{last}"] if len(first) > 1 else [first + last]


def _with(first: str, last: str) -> list[str]:
    if first[-1] in _SOFT:
        return [f"{first[:-1]}е{last}"]
    return [f"{first}о{last}", f"{first}е{last}"]
