"""Phrases by word form; see desk.automation.words."""

from typing import Any

from core.i18n import N_
from core.text import Span
from desk.automation.operator import Operator, Test
from desk.automation.shapes.words import compiled
from desk.automation.words import Words


class WordForms(Operator):
    key = "words"
    label = N_("has the words")
    phrase = N_("%(field)s has %(mode)s %(value)s")
    position = 5
    fits = ("text",)
    shape = "words"

    def test(self, value: Any) -> Test:
        return HasWords(compiled(value))

    def spans(self, value: Any, seen: Any) -> list[Span]:
        """What was found; for none of the phrases, what spoils it."""
        return compiled(value).find(seen or "")


class HasWords:
    """The question as an object, so that many can be asked at once (word_index.WordIndex)."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, seen: Any) -> bool:
        return self.words.holds(seen or "")
