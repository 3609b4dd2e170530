"""The root that a noun and its verb share: "задержка" and "задержали", "delivery" and "delivered".

The dictionary joins the forms of a word; a root also joins what is derived from it. A Russian noun
belongs to a verb when the verb that its ending tells of is in the dictionary, a verb that goes on
to the one that ends the action, and the consonants that change on the way (запретить - запрещать)
are put back. What no rule reaches is in the table. Roots are made to be compared, not to be read.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from core.families import FAMILIES
from core.irregular import PLAIN_OF
from core.lemmas import ADJECTIVE, NOUN, VERB, is_lemma, lemma
from core.text import folded, stem

_TABLE = {form: family for family, forms in FAMILIES.items() for form in [family, *forms.split()]}
_VOWEL, _CONSONANT = "[аеиоуыэюя]", "[^аеиоуыэюя]"
Ending = tuple[re.Pattern[str], str, int]


def _endings(*rules: tuple[str, str, int]) -> list[Ending]:
    """Ending of a stem, what takes its place, letters that must be left."""
    return [(re.compile(ending), instead, left) for ending, instead, left in rules]


_CHANGED = _endings(
    (r"жд$", "д", 5),
    (r"[чщ]$", "т", 5),
    (r"ш$", "с", 4),
    (r"ж$", "з", 4),
    (r"г$", "з", 6),
)
_OF_VERBS = [
    *_endings(
        (r"(?<=[гкхсзб])нут$", "", 5),  # расторгнуть
        (r"из(?:ова|ирова)$", "из", 4),
        (r"ирова$", "", 4),
        (r"фиц$", "фик", 5),
        (r"ова$", "", 5),
        (r"(?:(?<=[бвзст])о)?рва$", "рыв", 4),  # оборвать: обрыв
        (r"рыва$", "рыв", 4),
        (r"[иы]ва$", "", 4),
        (r"[ая]$", "", 4),
        (r"(?<=[бвпмф])л$", "", 4),
        (r"(?<=[сзкг])л$", "", 5),
    ),
    *_CHANGED,
]
# Of adjectives, and of words that the dictionary does not have.
_OF_OTHERS = [
    *_endings(
        (r"(?<=[бвдзжклмнпрстхчшщ])ьт$", "", 4),  # проверьте
        (r"ост$", "", 5),
        (r"ничес(?:тв|к)?$", "ник", 6),
        (r"[ео]чн$", "", 4),  # ошибочный, проверочный
        (r"ировк$", "", 4),
        (rf"(?<={_VOWEL})ек$", "йк", 5),
        (rf"(?<={_CONSONANT})[ое]к$", "к", 4),
        (r"из(?:ац|ова|ован|ир)$", "из", 4),
        (r"(?:ац|ирова|ирован)$", "", 5),
        (r"ир$", "", 4),
        (r"фиц$", "фик", 5),
        (r"ован?$", "", 5),
        (r"[иы]ван?$", "", 4),
        (r"[ая]н$", "", 4),
        (r"ен$", "", 4),
        (r"льн$", "л", 4),
        (r"(?<=[бвгзкмпфхс])н$", "", 4),  # интересный
        (r"[ая]$", "", 4),
        (rf"(?<={_CONSONANT})к$", "", 4),
        (rf"(?<={_VOWEL})й$", "", 4),
        (r"(?<=[бвпмф])л$", "", 4),
        (r"(?<=[сзкг])л$", "", 5),
    ),
    *_CHANGED,
]
# What a noun of an action ends in, and the least that is left.
_OF_ACTION = [
    *((ending, 4) for ending in ("", "а", "я", "ь", "ка", "йка", "тие")),
    *((ending, 3) for ending in ("й", "ание", "яние", "ение", "ование", "ировка")),
]
_INFINITIVES = ("ить", "ать", "ять", "еть", "нуть", "ти", "ь", "иться", "аться")
_LIKE_OTHERS = ("ация", "ое", "ее", "ые", "ие", "ый", "ий", "ой", "ая", "яя")  # рабочий, данные
_REFLEXIVE = ("ться", "чься", "тись")
_THEME = re.compile(f"(?<={_CONSONANT})еть$|(?<={_VOWEL}н)уть$")  # шуметь, обмануть
_OF_OPEN = re.compile("(?:кры|[^р]ы|[^ы])вать$")  # not обрывать
_PAIRED = (
    *(("нести", "носить"), ("везти", "возить"), ("вести", "водить"), ("йти", "ходить")),
    *(("пасть", "падать"), ("сесть", "садиться"), ("лечь", "ложиться")),
)
_GOES_ON = re.compile(f"(.{{2,}})а({_CONSONANT}*)[иы]вать")
_SOFT = str.maketrans("шж", "сд")


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """The root of a word, folded or as written; words that are not known are their own stems."""
    plain = folded(word)
    plain = PLAIN_OF.get(plain, plain)
    if plain in _TABLE:
        return _TABLE[plain]
    if plain.isascii():
        cut = stem(plain)
        return _TABLE.get(cut, cut)
    known = lemma(plain)
    if known is None:
        return _cut(stem(plain), _OF_OTHERS)
    if known.word in _TABLE:
        return _TABLE[known.word]
    if known.part == NOUN:
        return _of_noun(known.word)
    return _of_verb(known.word) if known.part == VERB else _cut(stem(known.word), _OF_OTHERS)


def _of_noun(noun: str) -> str:
    """That of its verb or adjective, if it has one."""
    for word, part in _bases(noun):
        if is_lemma(word, part):
            return root(word)
    if noun.endswith(_LIKE_OTHERS):
        return _cut(stem(noun), _OF_OTHERS)
    return noun[:-1] if noun[-1] in "аяьйыи" else noun


def _bases(noun: str) -> Iterator[tuple[str, str]]:
    """What it may be derived from."""
    for ending, left in _OF_ACTION:
        bare = noun.removesuffix(ending)
        if noun.endswith(ending) and len(bare) >= left:
            yield from ((bare + infinitive, VERB) for infinitive in _INFINITIVES)
    if noun.endswith("ность"):
        yield noun.removesuffix("ость") + "ый", ADJECTIVE


def _of_verb(verb: str) -> str:
    plain = verb[:-2] if verb.endswith(_REFLEXIVE) else verb
    if plain in _TABLE:
        return _TABLE[plain]
    for ended in _ended(plain):
        if is_lemma(ended, VERB):
            return root(ended)
    for way, ways in _PAIRED:
        plain = plain.removesuffix(way) + ways if plain.endswith(way) else plain
    cut = _cut(stem(_THEME.sub("ить", plain)), _OF_VERBS)
    return cut if len(cut) >= 4 else plain


def _ended(verb: str) -> Iterator[str]:
    """Verbs that may end what this one goes on with: "открывать" - "открыть", "опаздывать" -
    "опоздать"."""
    if _OF_OPEN.search(verb):
        yield verb.removesuffix("вать") + "ть"
    if found := _GOES_ON.fullmatch(verb):
        start, last = found.groups()
        for ending in (last, last.removesuffix("л"), last.translate(_SOFT)):
            yield from (f"{start}о{ending}{infinitive}" for infinitive in ("ить", "ать", "еть"))


def _cut(cut: str, endings: Sequence[Ending]) -> str:
    for ending, instead, left in endings:
        shorter = ending.sub(instead, cut)
        if len(shorter) >= left:
            cut = shorter
    return _TABLE.get(cut, cut)
