"""What a condition found in a text, cut out of it and marked."""

from typing import Any

from desk.automation.definition import Node, known
from desk.automation.pieces import Piece, Sentence

AROUND = 60  # characters before the first mark and after the last one shown
MOST = 6  # marks
MARK = "mark"


def marked(node: Node, seen: Any) -> Sentence:
    """Empty when there is nothing to mark: another kind of value, or nothing was found."""
    field, operator = known(node)
    if field is None or operator is None or not isinstance(seen, str):
        return ()
    spans = sorted(operator.spans(node.get("value"), seen))[:MOST]
    return _cut(seen, [(at, to) for at, to in spans]) if spans else ()


def _cut(text: str, spans: list[tuple[int, int]]) -> Sentence:
    begin = max(spans[0][0] - AROUND, 0)
    pieces = [Piece("…" if begin else "")]
    at = begin
    for start, end in spans:
        if start < at:
            continue
        pieces += [_between(text[at:start], first=at == begin), Piece(text[start:end], MARK)]
        at = end
    rest = text[at : at + AROUND]
    pieces += [Piece(rest), Piece("…" if at + AROUND < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _between(text: str, *, first: bool) -> Piece:
    """What stands between two marks, shortened in the middle."""
    if first or len(text) <= 2 * AROUND:
        return Piece(text)
    return Piece(f"{text[:AROUND]} … {text[-AROUND:]}")
