"""How a field is compared: the base of everything in operators/."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from core.i18n import _
from core.text import Span
from desk.automation.moment import Moment
from desk.automation.pieces import Sentence, filled
from desk.automation.pieces import words as plain_words
from desk.automation.shape import Shape
from desk.automation.shapes import SHAPES
from desk.automation.types import ValueType

Test = Callable[[Any], bool]
FEW = ("choice", "ordered")


class Looks(StrEnum):
    """What of a field an operator is given."""

    NOW = "now"
    BEFORE = "before"
    CHANGE = "change"  # (before, after), or None when it did not change
    AGE = "age"  # whole days since the date that it is


class Operator:
    """`fits` are families of value types; `shape` says what stands beside it in a definition."""

    key: str = ""
    label: str = ""  # as the editor offers it
    phrase: str = ""  # as a sentence says it: %(field)s and %(value)s
    position: int = 100
    fits: Iterable[str] = ()
    shape: str = "one"
    looks: Looks = Looks.NOW

    def suits(self, kind: ValueType, *, has_history: bool) -> bool:
        return kind.family in self.fits and (has_history or self.looks == Looks.NOW)

    def test(self, value: Any) -> Test:
        """The question that is asked of what was seen, with the value built in."""
        raise NotImplementedError

    def spans(self, value: Any, seen: Any) -> list[Span]:
        """Where in a text that was seen it found what it asks for, in order; for highlighting."""
        return []

    @property
    def form(self) -> Shape:
        return SHAPES[self.shape]

    def sentence(self, field: str, value: Any, kind: ValueType) -> Sentence:
        told = self.form.told(value, kind)
        return filled(_(self.phrase), field=plain_words(field), **told)

    def seer(self, key: str, read: Callable[[Moment], Any]) -> Callable[[Moment], Any]:
        """How what is looked at is had from a moment."""
        if self.looks == Looks.BEFORE:
            return lambda moment: moment.before(key)
        if self.looks == Looks.CHANGE:
            return lambda moment: moment.changes.get(key)
        return read
