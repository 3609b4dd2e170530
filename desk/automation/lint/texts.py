"""Conditions on texts as marks, and a text that has the marks it must."""

from collections.abc import Callable
from typing import Any

from core.text import fold
from desk.automation.lint.marks import ANY, SOME, Mark, Marks, TextMark


def of_text(operator: str, value: Any) -> Marks | None:
    """None for an operator that is not known here."""
    make = _MADE.get(operator)
    return make(value) if make else None


def opaque(asks: str) -> Marks:
    """A condition of which nothing is known but that it is the same as itself."""
    return Marks(must=frozenset([TextMark("asked", asks)]))


def exactly(text: str) -> Marks:
    """Of a text that is known."""
    return _is(text)


def _is(value: str) -> Marks:
    return _must(TextMark("is", value))


def _is_not(value: str) -> Marks:
    return Marks(never=frozenset([TextMark("is", value)]))


def _words(value: dict[str, Any]) -> Marks:
    mode = value.get("mode", "any")
    how = f"{mode if mode in ('phrase', 'exact') else 'near'} {value.get('within', 3)}"
    guard = value.get("guard_negation", True)
    said = frozenset(TextMark("words", fold(each), f"{how} {guard}") for each in value["phrases"])
    if mode == "all":
        return Marks(must=said)
    if mode == "none":
        return Marks(never=said)
    return Marks(some=frozenset([said]))


def _must(mark: Mark) -> Marks:
    return Marks(must=frozenset([mark]))


_MADE: dict[str, Callable[[Any], Marks]] = {
    "is": _is,
    "is_not": _is_not,
    "contains": lambda value: _must(TextMark("contains", fold(value))),
    "not_contains": lambda value: Marks(never=frozenset([TextMark("contains", fold(value))])),
    "starts_with": lambda value: _must(TextMark("starts", fold(value))),
    "ends_with": lambda value: _must(TextMark("ends", fold(value))),
    "words": _words,
    "empty": lambda value: Marks(empty=True),
    "not_empty": lambda value: Marks(some=SOME),
}


def written(marks: Marks) -> str | None:
    """A text that should have the marks, to be asked about; None where none can be made up."""
    if marks.empty:
        return ""
    chosen = [mark for mark in marks.chosen() if isinstance(mark, TextMark)]
    if any(mark.kind == "asked" for mark in chosen):
        return None
    exact = [mark.text for mark in chosen if mark.kind == "is"]
    if exact:
        return exact[0]
    starts, ends = (
        [max((m.text for m in chosen if m.kind == kind), key=len, default="")]
        for kind in ("starts", "ends")
    )
    rest = [mark.text for mark in chosen if mark.kind in ("contains", "words")]
    said = ". ".join(filter(None, [*starts, *rest, *ends]))
    needs_some = any(ANY in group for group in marks.some)
    return said or ("…" if needs_some else "")
