"""Words that say nothing of their own in a set phrase: "в связи с", "in order to"."""

from collections import defaultdict
from collections.abc import Sequence

_SET = (
    *(
        "в *связи с",
        "на *связи",
        "в *порядке",
        "по *порядку",
        "в первую *очередь",
        "в свою *очередь",
    ),
    *(
        "на самом *деле",
        "дело в том",
        "в том *числе",
        "в *счет",
        "за *счет",
        "во *время",
        "на *случай",
    ),
    *("в конце *концов", "по *крайней мере", "на *днях", "в *течение", "в *виду", "в *целом"),
    *("in *order to", "too *late to", "sooner or *later", "no *later than", "at the *latest"),
    *("in the *first place", "by the *way", "i got *lost", "we got *lost", "not after a *refund"),
    *("*delay in answering", "*delay in replying", "*delay in my", "my *delay", "my late *reply"),
    *("i am not *working", "i m not *working", "i was not *working", "я не *работаю"),
)

Place = tuple[tuple[str, ...], int]  # the words, and which of them says nothing


def _by_word() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for phrase in _SET:
        words = phrase.split()
        at = next((at for at, word in enumerate(words) if word.startswith("*")), 0)
        plain = tuple(word.removeprefix("*") for word in words)
        found[plain[at]].append((plain, at))
    return dict(found)


_BY_WORD = _by_word()


def says_nothing(plain: Sequence[str], at: int) -> bool:
    """Is the word at this place a part of a set phrase?"""
    return any(
        at >= before and tuple(plain[at - before : at - before + len(words)]) == words
        for words, before in _BY_WORD.get(plain[at], ())
    )
