"""What a clause says of another: a new matter, all well again, only supposed.

"Телефон заблокирован, а карта цела", "вчера не работало, теперь всё хорошо", "если будет задержка".
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from desk.automation.reading import Reading
from desk.automation.small_words import SMALL_WORDS, word_set
from desk.automation.speech import is_state

_TURNS = word_set("а но однако поэтому but so yes")
_ALL_BUT = word_set("nothing nobody none no all anything anyone anybody everything everyone can")
# What follows still speaks of the same thing: "купила, но он сломан", "but it is late".
_BACK = word_set(
    "он она оно они его ее их ей ему им него нее них это этот эта эту этого так сам сама само сами",
    "который которая которое которые которую it they them its this that these which",
)
_OVER = re.compile(
    r"\b(?:(?:сегодня|теперь|сейчас|уже|снова)(?: у меня| у нас)?(?: вс[её])?"
    r" (?:хорошо|нормально|в порядке|работает|заработал[аои]?)"
    r"|(?:вопрос|проблема)(?: уже)? (?:снята?|закрыта?|реш[её]на?|решил(?:ся|ась))"
    r"|вс[её] (?:решилось|наладилось|починили|исправили)"
    r"|(?:works?|working|fine|ok|okay|good) (?:now|again|today)|now (?:it )?works"
    r"|(?:has been|got) (?:fixed|resolved|solved|sorted)"
    r"|you can close (?:this|it|the ticket))\b"
)
_THANKS = re.compile(r"\b(?:спасибо|благодарю|thanks|thank you|thx)\b")
# Behind these, or before those, a word of the phrase is done and well.
_DONE_BEFORE = re.compile(r"\b(?:уже|already|got|received|managed to)(?: (?:the|my|a|our))? ?$")
_DONE_BEHIND = re.compile(
    r"^ (?:(?:has |have )?(?:came|come|gone|arrived|went)(?: (?:through|in))?"
    r"|(?:is |was |were |are |has been |have been |got )?(?:now |already )?"
    r"(?:fixed|resolved|solved|sorted|refunded|returned|reversed|repaired|replaced|restored|removed)"
    r"|(?:нам |мне )?(?:уже |наконец )?"
    r"(?:(?:верну|исправи|почини|устрани|реши|убра|восстанови|замени)л[аи]"
    r"|(?:возвращен|исправлен|починен|устран[её]н|отменен|снят|решен|восстановлен)[аоы]?)"
    r")\b"
)
# Behind a thing: nothing is wrong with it.
_WELL = re.compile(
    r"^(?: itself)? (?:is|was|are|were|looks?|seems?|works?|worked)"
    r"(?: (?:all|just|now|perfectly|still))* (?:fine|ok|okay|good|well|alright|right)\b"
    r"|^(?: (?!не\b)[а-я]+)? (?:в порядке|в норме|цел[аоы]?|исправ(?:ен|на|но|ны)"
    r"|нормально работа[ею]т|работа[ею]т (?:нормально|хорошо|исправно|отлично|штатно))\b"
)
_NOT_ALL = re.compile(r"\b(?:but|only|half|part|partly|twice|но|только|часть|частично|половину)\b")
_SENTENCE = re.compile(r"[.!?…\n](?=\s|$)")
# The sentence has ended before, or all this is only told, hoped for or denied.
_UNTOLD = re.compile(
    r"[.!?…\n](?:\s|$)|\b(?:не|что|хотя|если|not|that|although|though|if|when)\b|n['’]t\b"
)
_IFS = word_set("если случай случае if case")
_IF_EVER = re.compile(
    r"\b(?:если(?: вдруг)? буд(?:ет|ут)|извините если|на случай|в случае"
    r"|what (?:happens )?if|in case|sorry if)(?: \S+){0,2}$"
)
_LACKING = word_set("нет нету no")
WORDS_AFTER_TURN = 2
WORDS_OF_IF = 5
REACH = 8  # words
REST = 200  # letters
REACH_OF_WELL = 60  # letters


def turn_between(reading: Reading, first: int, second: int) -> bool:
    """Does the sentence turn to something else between these two words?"""
    if _TURNS.isdisjoint(reading.plain[first + 1 : second]):  # nearly always
        return False
    return any(
        reading.plain[at] in _TURNS and _turns(reading, at) and _is_new(reading, at, second)
        for at in range(first + 1, second)
    )


def _turns(reading: Reading, at: int) -> bool:
    """Behind a comma; English leaves it out before "but" ("nothing but" is no turn)."""
    alone = reading.plain[at] == "but" and reading.plain[at - 1] not in _ALL_BUT
    return alone or not reading.joined(at - 1)


def _is_new(reading: Reading, turn: int, second: int) -> bool:
    """Not where the same thing is meant, left unsaid ("пришло, но сломано") or lacking."""
    following = reading.plain[turn + 1 : turn + 1 + WORDS_AFTER_TURN]
    if not _BACK.isdisjoint(following):
        return False
    said = [word for word in reading.plain[turn + 1 : second] if word not in SMALL_WORDS]
    word = reading.plain[second]
    is_unsaid = not said and is_state(word)
    governed = reading.plain[second - 1] in ("с", "со", "with")
    lacking = not _LACKING.isdisjoint(reading.plain[turn + 1 : second + REACH])
    return not (is_unsaid or governed or lacking)


def is_supposed(reading: Reading, first: int) -> bool:
    """Is it only asked what would be ("если будет", "what happens if")?"""
    before = reading.plain[max(first - WORDS_OF_IF, 0) : first]
    return not _IFS.isdisjoint(before) and _IF_EVER.search(" ".join(before)) is not None


def is_thanked_for(reading: Reading, run: Sequence[int]) -> bool:
    """Is somebody thanked in the same sentence for what the run tells: "got the refund, thanks"?"""
    thanks = _thanks(reading.text)
    if not thanks:  # nearly always
        return False
    stops = _stops(reading.text)
    following = bisect_left(stops, reading.places[run[-1]][1])
    last = stops[following] if following < len(stops) else len(reading.text)
    before = bisect_left(stops, reading.places[run[0]][0])
    first = stops[before - 1] if before else 0
    if bisect_left(thanks, first) == bisect_left(thanks, last):
        return False
    return any(_is_done(reading, at, first, last) for at in run)


def _is_done(reading: Reading, at: int, first: int, last: int) -> bool:
    begin, end = reading.places[at]
    before = reading.text[max(first, begin - REST) : begin].lower()
    behind = reading.text[end : min(last, end + REST)].lower()
    if any(_UNTOLD.search(part) or _NOT_ALL.search(part) for part in (before, behind)):
        return False
    return bool(_DONE_BEFORE.search(before) or _DONE_BEHIND.search(behind))


@lru_cache(maxsize=64)
def _thanks(text: str) -> list[int]:
    return [found.start() for found in _THANKS.finditer(text.lower())]


@lru_cache(maxsize=64)
def _stops(text: str) -> list[int]:
    """Where sentences end."""
    return [found.start() for found in _SENTENCE.finditer(text)]


def is_well(reading: Reading, run: Sequence[int]) -> bool:
    """Is it said of one of several words of a run that nothing is wrong with it?"""
    ends = (reading.places[at][1] for at in run)
    return len(run) > 1 and any(
        _WELL.search(reading.text[end : end + REACH_OF_WELL].lower()) for end in ends
    )


def is_over(reading: Reading, last: int) -> bool:
    """Does the rest of the sentence say that all is well again?"""
    overs = _overs(reading.text)
    if not overs:  # nearly always
        return False
    begin = reading.places[last][1]
    following = bisect_left(overs, begin)
    if following == len(overs) or overs[following] - begin > REST:
        return False
    return not _UNTOLD.search(reading.text[begin : overs[following]].lower())


@lru_cache(maxsize=64)
def _overs(text: str) -> list[int]:
    return [found.start() for found in _OVER.finditer(text.lower())]
