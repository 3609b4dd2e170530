"""What part of speech a word of a text is: Russian by the dictionary, else by its ending."""

import re
from functools import lru_cache

from core.lemmas import Lemma, lemma

_ADJECTIVE = re.compile(
    r"(?![а-я]+(?:[еая]н|ц|ств)ий$)[а-я]{2,}(?:[ыи]х|[ыи]ми?|[ое]го|[ое]му|ой|[шщжч]ей|[ая]я"
    r"|[ую]ю|[оеы]е|[ыи]й)|(?:.+ly|major|minor|significant|serious|big|huge|long|longer|small)"
)
_INFINITIVE = re.compile(r"[а-я]{2,}(?:ть|ти|чь)(?:ся)?")
_STATE = re.compile(r"[а-я]{3,}(?:л[аои]?|[аеё]н[аоы]?|т[аоы]?|[аеиуюя]т)(?:ся|сь)?|[a-z]{2,}ed")
# Only forms that hardly a noun has: not "возврат", "счёт", "отмена".
_TELLING = re.compile(
    r"[а-я]{2,}(?:(?:[аеиоуыя]л[аои]?|[аеиоуя]т[ьи]|чь|[иь]те|(?:[аяуе]ю|[дгвж]у|[аяуе]е)т|[ая]ю"
    r"|ован[аоы]?|ян[аоы]|(?:жд|[лжчшщ])ен[аоы]?)(?:ся|сь)?|[еюия]тся|[юу]сь)"
    r"|[a-z]{2,}ed|broke|cancel|change|return|replace|reset|delay|work(?:s|ing)?"
)
_ADJECTIVES, _VERBS = ("ADJF", "PRTF"), ("VERB", "INFN", "PRTS", "GRND")


def _known(word: str) -> Lemma | None:
    return None if word.isascii() else lemma(word)


@lru_cache(maxsize=1 << 14)
def is_adjective(word: str) -> bool:
    """One that stands by a noun, participles too; of English words such as add weight."""
    known = _known(word)
    return known.form in _ADJECTIVES if known else _ADJECTIVE.fullmatch(word) is not None


@lru_cache(maxsize=1 << 14)
def is_infinitive(word: str) -> bool:
    """Of Russian."""
    known = _known(word)
    return known.form == "INFN" if known else _INFINITIVE.fullmatch(word) is not None


def is_named(word: str) -> bool:
    """In the form of its dictionary, where that is not the one of what is lacking: "карта", not
    "карты" or "отопления"."""
    known = _known(word)
    return word.endswith(("а", "я")) and (known is None or known.word == word)


def is_doing(word: str) -> bool:
    """What one may cease."""
    return is_infinitive(word) or (word.endswith("ing") and word.isascii() and len(word) > 4)


@lru_cache(maxsize=1 << 14)
def is_state(word: str) -> bool:
    """A verb, or an adjective that says how a thing is."""
    known = _known(word)
    if known:
        return known.form in (*_VERBS, *_ADJECTIVES, "ADJS")
    return bool(_STATE.fullmatch(word) or _ADJECTIVE.fullmatch(word))


@lru_cache(maxsize=1 << 14)
def is_telling(word: str) -> bool:
    """A doing or a quality, by a form that hardly a noun has."""
    known = _known(word)
    if known:
        return known.form in (*_VERBS, *_ADJECTIVES)
    return bool(_TELLING.fullmatch(word) or _ADJECTIVE.fullmatch(word))


@lru_cache(maxsize=1 << 14)
def is_noun(word: str) -> bool:
    """Of words that nothing is known of, those that look like nothing else."""
    known = _known(word)
    if known:
        return known.form == "NOUN"
    return not (is_telling(word) or word.endswith(("о", "ly")))
