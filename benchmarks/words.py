"""Word conditions: python -m benchmarks.words [--quick] [--json]

How often they are right on messages written by hand, beside looking for the phrase as a substring
(what is held out was never looked at while the rules were made); and what 1,000 phrases cost on a
Russian message of 2 KB, the words of which have been met before.
"""

import random
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks.place import Figure, arguments, questions, show
from core import clock
from core.text import words
from desk.automation.conditions import compiled
from desk.automation.definition import Node
from desk.automation.facts import Facts
from desk.automation.moment import Moment
from desk.automation.patterns import Pattern
from desk.automation.reading import Reading
from desk.automation.scan import Failed, Scan, scan_of
from desk.automation.word_index import WordIndex
from desk.automation.words import Words
from tests.unit import (
    comma_messages,
    held_out_fourth,
    held_out_later,
    held_out_messages,
    held_out_seventh,
    held_out_sixth,
    held_out_third,
    labelled_messages,
    more_labelled_messages,
    plain_messages,
    trade_messages,
)
from tests.unit.labelled_messages import Labelled

PHRASES = 1_000
LENGTH = 2_048
AIM_US = 100
KNOWN = (labelled_messages, more_labelled_messages)
WRITTEN_LATER = {
    "held out": held_out_messages,
    "held out later": held_out_later,
    "held out third": held_out_third,
    "held out fourth": held_out_fourth,
    "with commas": comma_messages,
    "held out sixth": held_out_sixth,
    "plain": plain_messages,
    "held out seventh": held_out_seventh,
    "of four trades": trade_messages,
}
T = TypeVar("T")
Says = Callable[[str], Callable[[str], bool]]  # a phrase -> is this message about it?


def by_words(phrase: str) -> Callable[[str], bool]:
    return Words((phrase,)).holds


def by_substring(phrase: str) -> Callable[[str], bool]:
    return lambda text: phrase.lower() in text.lower()


def score(sets: Iterable[Labelled], says: Says) -> tuple[float, float, int]:
    """Precision, recall, number of messages."""
    right = missed = wrong = count = 0
    for labelled in sets:
        for phrase, (about, others) in labelled.items():
            found = says(phrase)
            hits = sum(map(found, about))
            right, missed = right + hits, missed + len(about) - hits
            wrong += sum(map(found, others))
            count += len(about) + len(others)
    return right / max(right + wrong, 1), right / max(right + missed, 1), count


def quality() -> list[Figure]:
    figures = []
    for language in ("RUSSIAN", "ENGLISH"):
        known = [getattr(each, language) for each in KNOWN]
        groups = {name: [getattr(module, language, {})] for name, module in WRITTEN_LATER.items()}
        whole = [*known, *(each for sets in groups.values() for each in sets)]
        for name, sets in {"all": whole, **groups}.items():
            if not any(sets):
                continue
            precision, recall, count = score(sets, by_words)
            label = f"{language.title()}, {name}, {count} messages"
            figures.append(Figure(f"precision, {label}", precision, "", 0.95, at_least=True))
            figures.append(Figure(f"recall, {label}", recall, "", 0.90, at_least=True))
            precision, recall, _count = score(sets, by_substring)
            figures.append(Figure(f"precision of a substring, {label}", precision, ""))
            figures.append(Figure(f"recall of a substring, {label}", recall, ""))
    return figures


class Material(NamedTuple):
    """Phrases of two words, and messages: about other matters, about these, said just like this."""

    other: list[Words]
    same: list[Words]
    said: list[Words]
    texts: list[str]


def material(seed: int) -> Material:
    dice = random.Random(seed)  # noqa: S311 - the same texts each time
    asked = sorted(set(questions()))
    dice.shuffle(asked)
    half = len(asked) // 2
    spoken = [_long(text) for text in asked[:half]]
    known = {word for text in spoken for word in text}
    strange = {w for s in KNOWN for sides in s.RUSSIAN.values() for side in sides for t in side
               for w in _long(t)}  # fmt: skip
    together = {" ".join(pair) for text in spoken for pair in zip(text, text[1:], strict=False)}
    kinds = (_pairs(strange - known, dice), _pairs(known, dice), sorted(together)[:PHRASES])
    texts = [" ".join(dice.sample(asked[half:], 40))[:LENGTH] for _text in range(100)]
    return Material(*([Words((each,)) for each in phrases] for phrases in kinds), texts)


def _long(text: str) -> list[str]:
    return [word.lower() for word in words(text) if len(word) > 4]


def _pairs(known: set[str], dice: random.Random) -> list[str]:
    from_ = sorted(known)
    found = {f"{dice.choice(from_)} {dice.choice(from_)}" for _phrase in range(PHRASES * 2)}
    return sorted(found)[:PHRASES]


def microseconds(work: Callable[[T], object], texts: list[T], rounds: int) -> float:
    """Of CPU for one text, the median; all have been read once before."""
    for text in texts:
        work(text)
    took = []
    for text in texts * rounds:
        began = time.process_time_ns()
        work(text)
        took.append((time.process_time_ns() - began) / 1_000)
    return median(took)


def cost(seed: int, rounds: int) -> list[Figure]:
    other, same, said, texts = material(seed)
    figures = [Figure("reading 2 KB, words met before", microseconds(Reading, texts, rounds), "us")]
    kinds = (
        ("other matters", other, AIM_US),
        ("these matters", same, None),
        ("these very words", said, None),
    )
    for name, conditions, aim in kinds:
        index = WordIndex(conditions)
        ours = microseconds(lambda text, i=index: i.which_in(Reading(text)), texts, rounds)
        alone = microseconds(lambda text, c=conditions: _one_by_one(c, text), texts, 1)
        assert all(_one_by_one(conditions, each) == index.which(each) for each in texts)
        hits = sum(len(index.which(each)) for each in texts) / len(texts)
        label = f"{len(conditions):,} phrases of {name} on 2 KB"
        figures += [
            Figure(label, ours, "us", aim),
            Figure(f"{label}, one by one", alone, "us"),
            Figure(f"{label}, found on average", hits, ""),
        ]
    return figures


def rules(seed: int, rounds: int) -> list[Figure]:
    """The same phrases as rules, one each, with what failed of each: as live and replay ask."""
    conditions = material(seed)
    texts = [Moment(Facts({"text": text}), {}, clock.now()) for text in conditions.texts]
    found = [_Rule(each.phrases[0]) for each in conditions.other]
    scan = scan_of(found)
    together = microseconds(lambda moment: _scanned(scan, moment), texts, rounds)
    alone = microseconds(lambda moment: _checked(found, moment), texts, 1)
    assert all(_scanned(scan, each) == _checked(found, each) for each in texts)
    label = f"{len(found):,} rules with a phrase each on 2 KB, with reasons"
    return [Figure(label, together, "us"), Figure(f"{label}, one by one", alone, "us")]


class _Rule:
    def __init__(self, phrase: str) -> None:
        asked = {"field": "text", "op": "words", "value": {"phrases": [phrase]}}
        self.tree: Node = {"all": [asked]}
        self.check, self.conditions = compiled(self.tree)


def _scanned(scan: Scan, moment: Moment) -> int:
    """How many of them hold."""
    held = list[int]()
    scan(moment, 0, list[Failed]().append, lambda at: held.append(at) is None)
    return len(held)


def _checked(found: list[_Rule], moment: Moment) -> int:
    return sum(each.check(moment) is None for each in found)


def _one_by_one(conditions: list[Words], text: str) -> set[int]:
    reading = Reading(text)
    return {at for at, each in enumerate(conditions) if each.holds_in(reading)}


def patterns() -> list[Figure]:
    """An expression over which a backtracking engine hangs."""
    pattern, text = Pattern("(a+)+$"), "a" * 50_000 + "b"
    began = time.process_time()
    assert not pattern.holds(text)
    took = (time.process_time() - began) * 1_000
    return [Figure("(a+)+$ on 50 KB", took, "ms", 50), *_repeated()]


def _repeated() -> list[Figure]:
    """Texts in which a phrase and what spoils it stand thousands of times, 48 KB each."""
    made = {
        ("срочно",): "срочно, " * 6_000 + "спасибо",
        ("сбой связи",): "сбой связи, " * 4_000 + "спасибо",
        ("нет связи",): "связи до сих пор нет, " * 2_200,
        ("delivery delay",): "if delivery, but delay " * 2_100 + "thanks",
    }
    began = time.process_time()
    for phrases, text in made.items():
        Words(phrases).find(text)
    took = (time.process_time() - began) * 1_000 / len(made)
    return [
        Figure("a phrase thousands of times on 48 KB, with thanks and denials", took, "ms", 1_000)
    ]


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    rounds = 2 if options.quick else 20
    figures = quality() + cost(options.seed, rounds) + rules(options.seed, rounds) + patterns()
    show(figures, options)


if __name__ == "__main__":
    main()
