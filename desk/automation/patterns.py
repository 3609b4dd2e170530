"""Regular expressions of administrators, by an engine that never goes back: time is linear.

To RE2 only Latin letters are letters; here \\w, \\s and \\b mean what people expect of a Russian
text. A border of a word becomes a mark that is put into the text, and whatever else stands in an
expression with borders may step over a mark.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import re2

from core.text import Span

MEMORY = 8 << 20  # bytes for the states of one expression; without them it is slow, not endless
MAX_SIZE = 5_000  # steps of a compiled expression: time is at most their number times the letters
MAX_TEXT = 100_000  # characters that are looked at, as many as the field "text" has
MAX_SPANS = 200
_MARK = "\ue000"
_BORDER = re.compile(r"\b")
_PART = re.compile(
    r"(?P<kept>\(\?P?<\w+>|\(\?[a-zA-Z-]*[:)]|[()|*+?^]|\{\d+(?:,\d*)?\}|\\[Az])"
    r"|(?P<many>\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\])"
    r"|\\[pP](?:\{\^?\w+\}|\w)|\\x\{[0-9a-fA-F]+\}|\\x[0-9a-fA-F]{2}|\\.|.",
    re.DOTALL,
)
_WORD = r"0-9A-Za-z_\x{c0}-\x{52f}"  # Latin, Greek, Cyrillic: all letters of the world are slow
_INSIDE = {r"\w": _WORD, r"\s": r"\s\p{Z}"}  # of a class
_INSIDE_NOT = {r"\W": _WORD, r"\D": "0-9", r"\S": r"\s\p{Z}"}
_UNKNOWN = frozenset({r"\B", r"\Q", r"\E", r"\C"})
_YO = str.maketrans("ёЁ", "еЕ")


class Pattern:
    """Letter case does not matter, unless the expression begins with (?-i); ё is е.

    ValueError, in the words of the engine, for an expression that it does not understand.
    """

    def __init__(self, written: str) -> None:
        self._mark = _MARK if r"\b" in written else ""
        self._dot = "[^%s]" if "(?s)" in written else r"[^\n%s]"
        options = re2.Options()
        options.log_errors, options.max_mem, options.case_sensitive = False, MEMORY, False
        plain = "".join(self._meant(written.translate(_YO)))
        try:
            self._compiled = re2.compile(plain, options)
        except re2.error as error:
            reason = error.args[0]
            raise ValueError(reason.decode() if isinstance(reason, bytes) else reason) from error
        if self._compiled.programsize > MAX_SIZE:
            raise ValueError("pattern too large")

    def holds(self, text: str) -> bool:
        return self._compiled.search(self._prepared(text)) is not None

    def spans(self, text: str) -> list[Span]:
        """The first places that match; places without a letter are left out."""
        prepared = self._prepared(text)
        matches = islice(self._compiled.finditer(prepared), MAX_SPANS)
        found = [Span(*match.span()) for match in matches]
        if self._mark:
            found = [Span(*(at - prepared.count(_MARK, 0, at) for at in span)) for span in found]
        return [span for span in found if span.start < span.end]

    def _prepared(self, text: str) -> str:
        plain = text[:MAX_TEXT].translate(_YO)
        return _BORDER.sub(_MARK, plain.replace(_MARK, " ")) if self._mark else plain

    def _meant(self, written: str) -> Iterator[str]:
        """The expression in the engine's terms."""
        over = f"{self._mark}?" if self._mark else ""
        for part in _PART.finditer(written):
            said = part[0]
            if said in _UNKNOWN:
                raise ValueError(f"{said} is not supported")
            if part["kept"]:
                yield said
            elif said == r"\b":
                yield _MARK
            elif said == "$":
                yield f"{over}$"
            else:
                one = self._one(said, is_class=bool(part["many"]))
                yield f"(?:{over}{one})" if over else one

    def _one(self, said: str, *, is_class: bool) -> str:
        """What stands for one letter."""
        if is_class:
            return self._class(said)
        if said in _INSIDE:
            return f"[{_INSIDE[said]}]"
        if said in _INSIDE_NOT:
            return f"[^{_INSIDE_NOT[said]}{self._mark}]"
        if said.startswith(r"\P"):
            return f"[^{said.replace('P', 'p', 1)}{self._mark}]"
        return self._dot % self._mark if said == "." else said

    def _class(self, said: str) -> str:
        if r"\W" in said:
            raise ValueError(r"\W is not supported inside [...]")
        meant = re.sub(r"\\.", lambda escape: _INSIDE.get(escape[0], escape[0]), said)
        return f"{meant[:-1]}{self._mark}]" if said.startswith("[^") else meant


@lru_cache(maxsize=512)
def pattern(written: str) -> Pattern:
    """Compiled once. ValueError as of Pattern."""
    return Pattern(written)
