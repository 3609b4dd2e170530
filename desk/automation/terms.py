"""What a phrase asks of a text: its words by their roots, and which of them must not be denied."""

import re
from typing import NamedTuple

from core.roots import root
from core.text import folded, words
from desk.automation.negation import OF_ALL, OF_NOUNS, denies
from desk.automation.set_phrases import says_nothing
from desk.automation.small_words import LEFT_ASIDE
from desk.automation.speech import is_adjective

_VERB = re.compile(r"[а-я]{2,}(?:л|ла|ло|ли|ет|ют|ит|ят|ут)(?:ся|сь)?")


class Term(NamedTuple):
    """One word of a phrase; `denied` if the phrase denies it, `guarded` if the text must not.
    `free`: not meant where it is a part of a set phrase."""

    root: str
    denied: bool
    guarded: bool
    free: bool = False


def terms_of(phrase: str, *, guard: bool, whole: bool) -> list[Term]:
    said: list[tuple[str, bool]] = []
    denying = ""
    plain = list(map(folded, words(phrase)))
    for at, word in enumerate(plain):
        if denies(plain, at):
            denying = word
        elif denying in OF_NOUNS and _is_attribute(plain, at):  # "нет горячей воды": no water
            said.append((word, False))
        elif (whole and not denying) or word not in LEFT_ASIDE:
            said.append((word, bool(denying)))
            denying = ""
    if denying and said:  # "чека нет"
        said[-1] = said[-1][0], True
    if not said:
        return [Term(root(word), denied=False, guarded=False) for word in words(phrase)]
    free = guard and not whole and not any(says_nothing(plain, at) for at in range(len(plain)))
    guard = guard and not any(denied or word in OF_ALL for word, denied in said)
    main = _main_words([word for word, _ in said]) if guard else range(0)
    return [
        Term(root(word), no, guarded=at in main, free=free) for at, (word, no) in enumerate(said)
    ]


def _is_attribute(plain: list[str], at: int) -> bool:
    """A Russian adjective before its noun."""
    return not plain[at].isascii() and is_adjective(plain[at]) and at + 1 < len(plain)


def _main_words(said: list[str]) -> range:
    """Which words must not be denied: of Russian nouns the first, with its adjective; else all.

    «Задержка доставки» is about a delay: "не доставили, задержка" has one, "доставка без задержки"
    has none. Where a verb or English tells of it, any word may carry the sense.
    """
    verbs = any(_VERB.fullmatch(word) for word in said)
    if verbs or not all("а" <= word[0] <= "я" for word in said):
        return range(len(said))
    first_noun = (at for at, word in enumerate(said) if not is_adjective(word))
    return range(next(first_noun, len(said) - 1) + 1)
