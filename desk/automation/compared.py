"""Two sentences beside each other, with what differs marked in both."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from desk.automation.pieces import Piece, Sentence

GONE, NEW = "gone", "new"


def compared(before: Sentence, after: Sentence) -> tuple[Sentence, Sentence]:
    """The older one with what went as "gone", the newer one with what came as "new"."""
    old, new = list(_parts(before)), list(_parts(after))
    left: list[Piece] = []
    right: list[Piece] = []
    for what, at, to, at_new, to_new in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        same = what == "equal"
        left += old[at:to] if same else _marked(old[at:to], GONE)
        right += new[at_new:to_new] if same else _marked(new[at_new:to_new], NEW)
    return tuple(left), tuple(right)


def differ(before: Sentence, after: Sentence) -> bool:
    return list(_parts(before)) != list(_parts(after))


def _parts(sentence: Sentence) -> Iterator[Piece]:
    """Plain words one by one; what was chosen stays whole."""
    for piece in sentence:
        if piece.kind:
            yield piece
        else:
            yield from (Piece(word) for word in re.findall(r"\S+|\s+", piece.text))


def _marked(pieces: list[Piece], kind: str) -> list[Piece]:
    """One mark for a run of words; blanks at its ends stay outside."""
    text = "".join(piece.text for piece in pieces)
    bare = text.strip()
    if not bare:
        return pieces
    at = text.index(bare)
    around = (Piece(text[:at]), Piece(bare, kind), Piece(text[at + len(bare) :]))
    return [piece for piece in around if piece.text]
