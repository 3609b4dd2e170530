"""Is a word of a text denied there: "без задержек", "задержек не было", "not delayed", "no delay".

Words are told by lists, not by grammar. Between the denying word and the denied one may stand
words that add nothing ("не было никаких задержек") and adjectives ("без долгих задержек"), but
not another verb: "не устраивает задержка" complains of a delay. A clause is never crossed.

What is asked decides how far one looks: a phrase that denies ("нет чека", "не работает") is meant
also where the thing was not given and the doing not possible ("не дали чек", "не хочет работать").
"""

import re
from functools import lru_cache
from operator import attrgetter

from desk.automation.reading import Reading
from desk.automation.small_words import PREPOSITIONS, SMALL_WORDS, word_set
from desk.automation.speech import is_adjective, is_doing, is_infinitive, is_named

OF_NOUNS = word_set(
    "без нет нету ни никаких никакой никакого никакую никакие никаким отсутствие отсутствии",
    "without no none neither nor zero",
)
OF_VERBS = word_set(
    "не not never cannot nothing dont doesnt didnt isnt arent wasnt werent cant wont",
    "havent hasnt hadnt couldnt wouldnt",
)
# "Перестал работать", "stopped crashing": no more is a denial too.
CEASED = word_set(
    "перестал перестала перестало перестали перестает перестают прекратил прекратили",
    "передумал передумала передумали stopped stops ceased",
)
OF_ALL = word_set("никто ничего ничто nobody nothing")
DENYING = OF_NOUNS | OF_VERBS
_NOTHING = (["nothing"], ["nobody"], ["none"])
# "Не только задержка", "не первая задержка", "not only a delay": said, not denied;
# "ни одной задержки" is.
_SAID_ALL_THE_SAME = re.compile(
    r"только|просто|лишь|перв|впервые|один|одн|раз$|only|just|first|once"
)
# To deny that a thing is there, is seen or happens is to deny the thing.
_EXISTS = word_set(
    "возникло возникает возникало возникнет случилось случалось произошло предвидится",
    "наблюдаю наблюдается наблюдалось наблюдали наблюдаем вижу видел видела видели видим видно",
    "заметил заметила заметили замечаю замечено обнаружил обнаружено ожидаю ожидается",
    "имею имеет имеется надо нужно нужен нужна нужны требуется",
    "see seen saw notice noticed experience experienced find found expect expected face faced",
    "need needed",
)
_COMPLAINTS = word_set(
    "проблем проблемы жалоб жалобы претензий вопросов нареканий замечаний",
    "problem problems issue issues complaint complaints question questions",
)
_ONE = word_set("один одна одно")
_BOTH = word_set("и или либо and or")
_IS_NOT_THERE = (
    word_set("было будет бывает возникло возникает произошло случилось наблюдается") | _EXISTS
)
# "Отменять не хотим", "не собираюсь отменять": the doing is denied with the will to do it.
_WILL = word_set(
    "хочу хотим хочет хотят хотел хотела хотели хотелось буду будем стану станем надо нужно",
    "собираюсь собираемся планирую планируем намерен намерены следует стоит",
    "want wants wanted wish going plan planning intend to",
)
# "Not asking for a refund": the thing is denied with the wish for it. Not what was asked for
# in the past: "I did not ask for a refund" complains of one.
_WISHED = word_set(
    "хочу хотим хочет хотят прошу просим требую требуем",
    "want wants wish asking requesting seeking looking",
)
_ENGLISH_PARTICIPLE = re.compile(r"[a-z]{2,}(?:ed|en)")
_ABLE = _WILL | word_set(
    "может могут могла могли мог удается удалось получается получилось смог смогла смогли",
    "can could able manage managed let lets",
)
# A thing is missing where it was not given or did not come.
_GIVEN = word_set(
    "дал дала дали дает дают выдал выдала выдали выдают прислал прислала прислали присылают",
    "принес принесли привез привезли положил положили вложил вложили приложили отдал отдали",
    "получил получила получили получаю пришел пришла пришло пришли приходит приходят поступил",
    "поступила поступило поступили нашел нашла нашли нахожу оказалось оказался отправили",
    "send sent give gave given get got receive received include included provide provided",
    "attach attached arrive arrived come came contain contained print printed",
)
_STILL = word_set(
    "так и до сих пор все мне нам опять снова пока сегодня вчера утра утром вечера вечером ночи",
    "второй третий четвертый пятый день дня дней неделю недели месяц час часа часов сутки still",
)
# "Так и не вернули", "still not refunded": what was due did not come, and is what it is about.
_WAITED_FOR = re.compile(r"(?:так и|до сих пор|еще|still(?: \S+)?) \S+$")
_MIND_CHANGED = word_set("передумал передумала передумали незачем нечего")
_NO_GROUND = (["на", "что"], ["за", "что"])  # "жаловаться не на что"
_SUBJECTS = word_set("я мы он она они")
_PERSONS = word_set("его ее их")  # "если в наличии его нет"
# What was promised or owed and did not come: "не возвращены", "не вернул никто", "not refunded".
_OWED = re.compile(
    r"(?:верну|возврати|возмести|компенсирова|выплати|зачисли|начисли|достави|привез|присла|ответи)л[аои]?"
    r"|(?:возвраще|возмеще|компенсирова|выплаче|зачисле|начисле|доставле|привезе|присла)н[аоы]?"
    r"|(?:возвраща|возмеща|выплачива|зачисля|начисля|доставля|отвеча)[ею]т|верн[еу]т"
    r"|(?:refund|reimburs|compensat|credit|deliver)ed"
)
ADJECTIVES_BETWEEN = 2
_ABSENT = word_set(
    "отсутствие отсутствия отсутствии отсутствием отсутствует отсутствуют отсутствовал",
    "отсутствовала отсутствовало отсутствовали отсутствующий отсутствовать",
)
_DENYING_TOO = DENYING | CEASED | OF_ALL | _ABSENT
_plain = attrgetter("plain")
WORDS_BEFORE = 6
WORDS_AFTER = 3


def denied_by(reading: Reading, index: int, *, missing: bool = False) -> int | None:
    """The place of the word that denies the one at `index`, before it or after; None if none.

    `missing`: also where it was only not given, did not come or could not be done.
    """
    known = reading.denials
    if (index, missing) not in known:
        known[index, missing] = _denying(reading, index, missing=missing)
    return known[index, missing]


def _denying(reading: Reading, index: int, *, missing: bool) -> int | None:
    near = reading.words[max(index - WORDS_BEFORE, 0) : index + WORDS_AFTER + 2]
    if not any(map(_may_deny, map(_plain, near))):  # nearly always
        return None
    before = _before(reading, index, missing=missing)
    found = _after(reading, index, missing=missing) if before is None else before
    if found is not None and missing and _is_no_complaint(reading, found, index):
        return None
    return found


def _is_no_complaint(reading: Reading, denying: int, index: int) -> bool:
    """ "Претензий к интернету нет", "no problem with the hot water": nothing is missing there."""
    if reading.plain[index] in _COMPLAINTS or reading.plain[denying] not in OF_NOUNS:
        return False
    first, last = sorted((denying, index))
    while first and reading.joined(first - 1) and first > denying - WORDS_BEFORE:
        first -= 1
    return not _COMPLAINTS.isdisjoint(reading.plain[first : last + 1])


def is_missed(reading: Reading, index: int) -> bool:
    """Is the word at `index` denied as something that should have been by now?"""
    denying = _before(reading, index)
    if denying is None or reading.plain[denying] in OF_NOUNS:
        return False
    if _OWED.fullmatch(reading.plain[index]):
        return True
    before = " ".join(reading.plain[max(denying - 3, 0) : denying + 1])
    return _WAITED_FOR.search(before) is not None or "yet" in reading.plain[index : index + 3]


def _before(reading: Reading, index: int, *, missing: bool = False) -> int | None:
    plain, adjectives, listed = reading.plain, 0, False
    passed = _passed_over(plain, index, missing=missing)
    for at in range(index - 1, max(index - 1 - WORDS_BEFORE, -1), -1):
        if not reading.joined(at):
            return None
        if denies(plain, at) or plain[at] in OF_ALL:
            # "Без задержек и потерь" denies both, "не доставили и потеряли" only one.
            shared = not listed or plain[at] in OF_NOUNS
            return at if shared and _meant(reading, at) else None
        if plain[at] in _BOTH:
            listed = True
        elif not (listed and plain[at + 1] in _BOTH or _transparent(plain[at], passed)):
            return None
        adjectives += plain[at] not in SMALL_WORDS and plain[at] not in passed
        if adjectives > ADJECTIVES_BETWEEN + listed:
            return None
    return None


def _passed_over(plain: list[str], index: int, *, missing: bool) -> frozenset[str]:
    """Verbs that may stand between a denial and what it denies."""
    if missing:
        return _ABLE | _GIVEN | _STILL
    if is_infinitive(plain[index]) or plain[index - 1 : index] == ["to"]:
        return _WILL
    return frozenset() if _describes(plain[index]) else _WISHED


def _describes(word: str) -> bool:
    """An adjective: who does not want a broken printer has one."""
    return is_adjective(word) or _ENGLISH_PARTICIPLE.fullmatch(word) is not None


def denies(plain: list[str], at: int) -> bool:
    """Is the word there a denial? One of ceasing is, where a doing follows."""
    if plain[at] in CEASED:
        return any(map(is_doing, plain[at + 1 : at + 3]))
    return is_denying(plain[at])


def is_denying(word: str) -> bool:
    return word in DENYING or word.endswith("n't")


@lru_cache(maxsize=1 << 16)
def _may_deny(word: str) -> bool:
    return word in _DENYING_TOO or word.endswith("n't")


def _transparent(word: str, passed: frozenset[str] = frozenset()) -> bool:
    known = word in SMALL_WORDS or word in _EXISTS or word in _COMPLAINTS or word in passed
    known = known or word in _ONE  # "ни одна": what "не одна" says is seen where it is denied
    return known or is_adjective(word)


def _meant(reading: Reading, at: int) -> bool:
    """False for "не только", "не обошлось без", "order no 5"."""
    plain = reading.plain
    after = plain[at + 1 : at + 3]
    if after[:1] == ["the"]:
        after = after[1:]
    is_said = plain[at] != "ни" and after and _SAID_ALL_THE_SAME.match(after[0])
    if is_said or (after and after[0].isdigit()):
        return False
    doubled = any(is_denying(word) for word in plain[max(at - 2, 0) : at])
    return not (doubled and (plain[at] in ("без", "without") or plain[at] in CEASED))


def _after(reading: Reading, index: int, *, missing: bool = False) -> int | None:
    """ "Задержек больше нет", "задержек с доставкой не было", "refunded nothing"."""
    plain, last = reading.plain, min(index + WORDS_AFTER + 1, len(reading.plain) - 1)
    if _of_nothing(reading, index):
        return index + 1
    for at in range(index + 1, last + 1):
        if not reading.joined(at - 1):
            return None
        if plain[at] in ("нет", "нету") or plain[at] in _ABSENT:
            return at if at == index + 1 or not is_named(plain[index]) else None
        if plain[at] == "не" or (missing and is_denying(plain[at])):
            return at if _says_of(plain, index, at, missing=missing) else None
        if plain[at] in _MIND_CHANGED and is_infinitive(plain[index]):
            return at
        noun_after_preposition = plain[at - 1] in PREPOSITIONS
        object_of_verb = at == index + 1 and is_infinitive(plain[index])
        passed = _STILL | _PERSONS if missing else _PERSONS
        if object_of_verb or plain[at] in _SUBJECTS and is_infinitive(plain[index]):
            continue
        if not (noun_after_preposition or _transparent(plain[at], passed)):
            return None
    return None


def _of_nothing(reading: Reading, index: int) -> bool:
    """An English doing that is done to nothing and nobody; no verb of Russian is denied so."""
    plain = reading.plain
    is_doing = plain[index].endswith(("ed", "ing")) and reading.joined(index)
    return is_doing and plain[index + 1 : index + 2] in _NOTHING


def _says_of(plain: list[str], index: int, at: int, *, missing: bool) -> bool:
    """Does the denial at `at` speak of the word before it, and not of what comes after?"""
    following = plain[at + 1 : at + 2]
    if plain[at + 1 : at + 3] in _NO_GROUND:
        return is_infinitive(plain[index])
    if missing:
        following += [word for word in plain[at + 1 : at + 4] if word not in SMALL_WORDS][:1]
        return any(word in _IS_NOT_THERE or word in _GIVEN for word in following)
    willed = _WILL if is_infinitive(plain[index]) else _WISHED
    return any(word in _IS_NOT_THERE or word in willed for word in following)
