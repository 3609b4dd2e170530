"""Is a word of a text denied there: "без задержек", "задержек не было", "not delayed", "no delay".

Words are told by lists, not by grammar. Between the denying word and the denied one may stand
words that add nothing ("не было никаких задержек") and adjectives ("без долгих задержек"), but
not another verb: "не устраивает задержка" complains of a delay. A clause is never crossed.
"""

import re

from desk.automation.reading import Reading


def word_set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


OF_NOUNS = word_set(
    "без нет нету ни никаких никакой никакого никакую никакие никаким отсутствие отсутствии",
    "without no none neither nor zero",
)
OF_VERBS = word_set(
    "не not never cannot nothing dont doesnt didnt isnt arent wasnt werent cant wont",
    "havent hasnt hadnt couldnt wouldnt",
)
OF_ALL = word_set("никто ничего ничто nobody nothing")
DENYING = OF_NOUNS | OF_VERBS
# "Не только задержка", "не первая задержка", "not only a delay": said, not denied.
_SAID_ALL_THE_SAME = re.compile(
    r"только|просто|лишь|перв|впервые|один|одн|раз$|only|just|first|once"
)
PREPOSITIONS = word_set(
    "в во на с со к ко по о об обо от до из за у для при про под над через",
    "of in on at to for with by from about",
)
SMALL_WORDS = PREPOSITIONS | word_set(
    "был была было были будет будут бывает больше еще уже вообще совсем абсолютно",
    "там тут мне нам у меня нас это каких либо то нибудь",
    "a an the any been be being is are was were am will has have had do does did yet",
    "more further really even ever such much my our your his her their its single",
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
    "проблем проблемы жалоб жалобы претензий вопросов",
    "problem problems issue issues complaint complaints question questions",
)
ADJECTIVE = re.compile(
    r"[а-я]{2,}(?:[ыи]х|[ыи]ми?|[ое]го|[ое]му|ой|[шщжч]ей|[ая]я|[ую]ю|[оеы]е|[ыи]й)"
    r"|(?:.+ly|major|minor|significant|serious|big|huge|long|longer|small)"
)
_BOTH = word_set("и или либо and or")
_IS_NOT_THERE = (
    word_set("было будет бывает возникло возникает произошло случилось наблюдается") | _EXISTS
)
# "Так и не вернули", "still not refunded": what was due did not come, and is what it is about.
_WAITED_FOR = re.compile(r"(?:так и|до сих пор|еще|still(?: \S+)?) \S+$")
ADJECTIVES_BETWEEN = 2
WORDS_BEFORE = 6
WORDS_AFTER = 3


def denied_by(reading: Reading, index: int) -> int | None:
    """The place of the word that denies the one at `index`, before it or after; None if none."""
    before = _before(reading, index)
    return before if before is not None else _after(reading, index)


def is_missed(reading: Reading, index: int) -> bool:
    """Is the word at `index` denied as something that should have been by now?"""
    denying = _before(reading, index)
    if denying is None or reading.plain[denying] in OF_NOUNS:
        return False
    before = " ".join(reading.plain[max(denying - 3, 0) : denying + 1])
    return _WAITED_FOR.search(before) is not None or "yet" in reading.plain[index : index + 3]


def _before(reading: Reading, index: int) -> int | None:
    plain, adjectives, listed = reading.plain, 0, False
    for at in range(index - 1, max(index - 1 - WORDS_BEFORE, -1), -1):
        if not reading.joined(at):
            return None
        if is_denying(plain[at]) or plain[at] in OF_ALL:
            # "Без задержек и потерь" denies both, "не доставили и потеряли" only one.
            shared = not listed or plain[at] in OF_NOUNS
            return at if shared and _meant(reading, at) else None
        if plain[at] in _BOTH:
            listed = True
        elif not (listed and plain[at + 1] in _BOTH or _transparent(plain[at])):
            return None
        adjectives += plain[at] not in SMALL_WORDS
        if adjectives > ADJECTIVES_BETWEEN + listed:
            return None
    return None


def is_denying(word: str) -> bool:
    return word in DENYING or word.endswith("n't")


def _transparent(word: str) -> bool:
    known = word in SMALL_WORDS or word in _EXISTS or word in _COMPLAINTS
    return known or ADJECTIVE.fullmatch(word) is not None


def _meant(reading: Reading, at: int) -> bool:
    """False for "не только", "не обошлось без", "order no 5"."""
    plain = reading.plain
    after = plain[at + 1 : at + 3]
    if after[:1] == ["the"]:
        after = after[1:]
    if after and (_SAID_ALL_THE_SAME.match(after[0]) or after[0].isdigit()):
        return False
    doubled = any(is_denying(word) for word in plain[max(at - 2, 0) : at])
    return not (doubled and plain[at] in ("без", "without"))


def _after(reading: Reading, index: int) -> int | None:
    """ "Задержек больше нет", "задержек с доставкой не было"."""
    plain, last = reading.plain, min(index + WORDS_AFTER + 1, len(reading.plain) - 1)
    for at in range(index + 1, last + 1):
        if not reading.joined(at - 1):
            return None
        if plain[at] in ("нет", "нету") or plain[at].startswith("отсутств"):
            return at if at == index + 1 or not plain[index].endswith(("а", "я")) else None
        if plain[at] == "не":
            there = at < len(plain) - 1 and plain[at + 1] in _IS_NOT_THERE
            return at if there else None
        noun_after_preposition = plain[at - 1] in PREPOSITIONS
        if not (_transparent(plain[at]) or noun_after_preposition):
            return None
    return None
