"""Phrases by word form; see desk.automation.words."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test
from desk.automation.shapes.words import compiled


class WordForms(Operator):
    key = "words"
    label = N_("has the words")
    phrase = N_("%(field)s has %(mode)s %(value)s")
    position = 5
    fits = ("text",)
    shape = "words"

    def test(self, value: Any) -> Test:
        phrases = compiled(value)
        return lambda seen: phrases.holds(seen or "")
