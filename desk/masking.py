"""What people wrote, without what tells who they are: for texts that others will read."""

import re
from collections.abc import Iterable

from core.lemmas import is_persons_name
from core.text import stem, tokens

_ADDRESS = re.compile(r"\S+@\S+\.\w+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
# Telephones, cards, accounts; and codes with four digits or more in them, as of orders.
_NUMBER = re.compile(
    r"(?<!\w)[+(]?\d[\d\s()./-]{3,}\d\b|(?<!\w)[№#]?\s?(?=(?:[\w-]*\d){4})[\w-]{4,}\b"
)
_GREETING = re.compile(
    r"\s*(?:…,\s*)?(?:здравствуйте|здрасте|добр(?:ый|ое|ого)\s+(?:день|дня|утро|вечер|времени\s+суток)"
    r"|доброго\s+дня|привет(?:ствую)?|hello|hi|hey|good\s+(?:day|morning|afternoon|evening))"
    r"\b[\s,!.…]*",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?:^|(?<=[\n.!?,]))\s*(?:с уважением|best regards|kind regards|regards|sincerely)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LOOSE = re.compile(r"\s+([,.;:!?])|([,;:])(?=\s*[.!?,;:])")
_SPACE = re.compile(r"[^\S\n]{2,}")


def masked(text: str, names: Iterable[str] = (), *, instead: str = "") -> str:
    """Without addresses, long numbers and names of people: those given, and the usual ones that
    are written with a capital. `instead` stands in their places."""
    shown = _NUMBER.sub(instead, _ADDRESS.sub(instead, text))
    own = {stem(word) for name in names for word in name.lower().split()}
    parts, end = list[str](), 0
    for token in tokens(shown):
        written = shown[token.start : token.end]
        if stem(token.word) in own or (written.istitle() and is_persons_name(token.word)):
            parts += [shown[end : token.start], instead]
            end = token.end
    left = _SPACE.sub(" ", _LOOSE.sub(r"\1", "".join([*parts, shown[end:]])))
    return left.lstrip(" ,;:.!\n").rstrip()


def greeting_cut(text: str) -> str:
    """What was said between greeting and farewell."""
    said = _FAREWELL.sub("", text).strip().rstrip(",")
    while (greeting := _GREETING.match(said)) and greeting.end() < len(said):
        said = said[greeting.end() :]
    return said


def question_of(text: str) -> str:
    """The first sentence that says something, without greeting and farewell; on one line."""
    said = greeting_cut(text)
    sentences = re.split(r"(?<=[.!?…])\s+|\n+", said)
    telling = (one.strip() for one in sentences if len(one.split()) > 1)
    return " ".join(next(telling, said).split())
