"""The dictionary form of a Russian word: "приёма" and "приёмы" are forms of "приём"."""

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from pymorphy3 import MorphAnalyzer

from core.text import fold

NOUN, VERB, ADJECTIVE, ADVERB = "noun", "verb", "adjective", "adverb"
_PARTS = {
    **dict.fromkeys(("NOUN",), NOUN),
    **dict.fromkeys(("VERB", "INFN", "GRND", "PRTF", "PRTS"), VERB),
    **dict.fromkeys(("ADJF", "ADJS", "COMP"), ADJECTIVE),
    **dict.fromkeys(("ADVB", "PRED"), ADVERB),
}


_NAMES = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Arch"))
_OF_PEOPLE = frozenset(("Name", "Surn", "Patr"))
_ORDER = (NOUN, VERB, ADJECTIVE, ADVERB, "")  # of those that are as usual
RARELY = 0.01


class Lemma(NamedTuple):
    """A folded word and the part of speech it is, empty for the small ones.

    `form` = the part of speech of the form that was asked about, by the names of the dictionary.
    """

    word: str
    part: str
    form: str = ""


@cache
def _dictionary() -> MorphAnalyzer:
    """Read when first asked for: a tenth of a second, 15 MB."""
    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1 << 16)
def lemma(word: str) -> Lemma | None:
    """Of a folded word; None when the dictionary does not have it.

    Of a form of several words, that of the word whose forms it is most often; names come last.
    """
    found = [each for each in _dictionary().parse(word) if each.is_known]
    weights: dict[Lemma, float] = defaultdict(float)
    forms: dict[Lemma, str] = {}
    for each in found:
        one = Lemma(fold(each.normal_form), _PARTS.get(each.tag.POS, ""))
        forms.setdefault(one, str(each.tag.POS))
        weights[one] += each.score * (RARELY if _NAMES & each.tag.grammemes else 1)
    best = min(weights, key=lambda one: (-weights[one], _ORDER.index(one.part)), default=None)
    return best and best._replace(form=forms[best])


@lru_cache(maxsize=1 << 12)
def is_persons_name(word: str) -> bool:
    """Whether a word is above all somebody's first, second or family name, as the dictionary has
    it; "Вера" is rather a common noun."""
    best = next(iter(_dictionary().parse(word)), None)
    return best is not None and best.is_known and bool(_OF_PEOPLE & best.tag.grammemes)


@lru_cache(maxsize=1 << 16)
def is_lemma(word: str, part: str) -> bool:
    """Whether a folded word is in the dictionary, as it is, as this part of speech."""
    if not _dictionary().word_is_known(word):
        return False
    found = _dictionary().parse(word)
    return any(
        fold(each.normal_form) == word and _PARTS.get(each.tag.POS) == part for each in found
    )
