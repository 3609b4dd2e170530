"""Two versions of a text beside each other: what went and what came, to the word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 600  # of two passages that are compared word by word
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Run(NamedTuple):
    """A run of text, and whether the other version has it not."""

    text: str
    differs: bool


def difference(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """The older text and the newer one, joined runs give each of them back."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    left, right = list[Run](), list[Run]()
    for what, at, to, at_new, to_new in SequenceMatcher(None, old, new).get_opcodes():
        gone, came = old[at:to], new[at_new:to_new]
        if what == "replace":
            gone_words, came_words = _words(gone), _words(came)
            if len(gone_words) + len(came_words) <= MOST_WORDS:
                _put(left, right, gone_words, came_words)
                continue
        left.append(Run("".join(gone), what != "equal"))
        right.append(Run("".join(came), what != "equal"))
    return list(_joined(left)), list(_joined(right))


def _words(lines: Sequence[str]) -> list[str]:
    return _WORDS.findall("".join(lines))


def _put(left: list[Run], right: list[Run], old: Sequence[str], new: Sequence[str]) -> None:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, at, to, at_new, to_new in matcher.get_opcodes():
        left.append(Run("".join(old[at:to]), what != "equal"))
        right.append(Run("".join(new[at_new:to_new]), what != "equal"))


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Neighbours of one sort as one; none that is empty."""
    held = Run("", False)
    for run in runs:
        if run.differs == held.differs:
            held = Run(held.text + run.text, held.differs)
        else:
            if held.text:
                yield held
            held = run
    if held.text:
        yield held
