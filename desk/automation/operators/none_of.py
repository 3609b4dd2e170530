"""Equal to none of several values."""

from typing import Any

from core.i18n import N_, _
from desk.automation.operator import Operator, Test
from desk.automation.pieces import Piece, Sentence, filled, joined, words
from desk.automation.types import ValueType


class NoneOf(Operator):
    key = "none_of"
    label = N_("is none of")
    phrase = N_("%(field)s is not %(value)s")
    position = 40
    fits = ("choice", "ordered")
    shape = "many"

    def sentence(self, field: str, value: Any, kind: ValueType) -> Sentence:
        shown: list[Sentence] = [(Piece(kind.show(each), "value"),) for each in value or []]
        told = joined(shown, _(" and not ")) or words("…")
        return filled(_(self.phrase), field=words(field), value=told)

    def test(self, value: Any) -> Test:
        unwanted = frozenset(value)
        return lambda seen: seen not in unwanted
