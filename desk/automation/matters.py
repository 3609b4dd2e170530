"""Does a comma part a doing from the thing: "заменили счётчик, карту приложил"?

The words of a phrase stand in two clauses then, and the one that tells a doing or a quality has
another thing beside it in its own.
"""

from collections.abc import Collection

from desk.automation.reading import Reading
from desk.automation.small_words import PREPOSITIONS, SMALL_WORDS, word_set
from desk.automation.speech import is_adjective, is_noun, is_telling

_NOUNS_ALIKE = word_set("reply supply family assembly terminal")
_QUALITY = word_set("wrong late broken double lost missing rude bad slow")
_PARTS = {",", "?", "!", ";"}
# Said aside, between commas.
_ASIDE = word_set(
    "пожалуйста плиз видимо похоже кажется наверное вероятно возможно очевидно судя говорят кстати",
    "please probably apparently perhaps maybe obviously presumably",
)
# Here the same thing is meant again, or nothing is named.
_BACK = word_set(
    "он она оно они его ее их ей ему им него нее них это этот эта эту этого один одна одно одну",
    "который которая которое которую которые так сам сама само сами себе",
    "it they them its this that these which one",
)
_PASSED = SMALL_WORDS - PREPOSITIONS | word_set(
    "не вам вас тебе вчера сегодня завтра опять снова давно тоже также всегда сейчас теперь потом",
    "сразу вдруг очень просто только лишь",
    "the not again today yesterday tomorrow already still just",
)
_NOT_THINGS = word_set(
    "я ты мы вы мой моя мое мои моего моей нашу наш ваш ваша вашу свой свою кто что никто ничего",
    "прошу хочу могу буду можно нужно почему когда где как раз раза день дня дней неделю недели",
    "месяц месяца час часа часов минут сутки хотя все всего наконец есть",
    "i you we he she twice once times time day days week weeks hour hours month months",
    "how why when where what and but or so",
)


def is_parted_matter(reading: Reading, first: int, second: int, run: Collection[int]) -> bool:
    """Do these two words of a run stand in clauses that speak of different things?"""
    ends = [at for at in range(first, second) if _ends_clause(reading, at)]
    if not ends or not _BACK.isdisjoint(reading.plain[ends[-1] + 1 : second + 2]):
        return False
    doing = [_tells(reading.plain[at]) for at in (first, second)]
    if doing[0] == doing[1]:
        return False
    return _has_another(reading, first if doing[0] else second, run)


def _ends_clause(reading: Reading, at: int) -> bool:
    """A comma between this word and the next, but for those around what is said aside."""
    if not _has_comma(reading, at):
        return False
    opens = reading.plain[at + 1] in _ASIDE and _has_comma(reading, at + 1)
    closes = reading.plain[at] in _ASIDE and _has_comma(reading, at - 1)
    return not (opens or closes)


def _has_comma(reading: Reading, at: int) -> bool:
    """Between this word and the next."""
    if not 0 <= at < len(reading.words) - 1:
        return False
    return reading.text[reading.places[at][1] : reading.places[at + 1][0]].strip() in _PARTS


def _tells(word: str) -> bool:
    """A doing or a quality."""
    if word in _NOUNS_ALIKE:
        return False
    return word in _QUALITY or is_telling(word)


def _has_another(reading: Reading, at: int, run: Collection[int]) -> bool:
    """Does it stand by a thing that the phrase does not name? A quality only before one."""
    steps = (1,) if is_adjective(reading.plain[at]) else (1, -1)
    return any(_is_thing(reading, _beside(reading, at, step), run) for step in steps)


def _beside(reading: Reading, at: int, step: int) -> int | None:
    """The next word of the clause on this side that is not small; none behind a preposition."""
    while True:
        gap, at = (at if step > 0 else at - 1), at + step
        if not 0 <= at < len(reading.plain) or not reading.joined(gap):
            return None
        if reading.plain[at] not in _PASSED:
            return None if reading.plain[at] in PREPOSITIONS else at


def _is_thing(reading: Reading, at: int | None, run: Collection[int]) -> bool:
    if at is None or at in run or (at and reading.plain[at - 1] in PREPOSITIONS):
        return False
    word = reading.plain[at]
    if word in _NOT_THINGS or word in _BACK or not word.isalpha() or len(word) <= 2:
        return False
    return word in _NOUNS_ALIKE or is_noun(word)
