"""Sentences in pieces, so that a page can set off key words and values, and a log can not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.i18n import _

_SLOT = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Piece:
    """`kind` is "" for plain words, "value" for what was chosen, "key" for WHEN, IF, THEN."""

    text: str
    kind: str = ""


Sentence = tuple[Piece, ...]


def plain(sentence: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in sentence)


def filled(template: str, **slots: str | Sentence) -> Sentence:
    """A translated template with its %(slots)s filled; a text goes in as a value."""
    pieces: list[Piece] = []
    at = 0
    for slot in _SLOT.finditer(template):
        pieces.append(Piece(template[at : slot.start()]))
        content = slots[slot[1]]
        pieces += [Piece(content, "value")] if isinstance(content, str) else content
        at = slot.end()
    pieces.append(Piece(template[at:]))
    return tuple(piece for piece in pieces if piece.text)


def quoted(text: str) -> str:
    """In the quotation marks of the reader's language."""
    return _("“%(text)s”", text=text)


def words(text: str) -> Sentence:
    return (Piece(text),)


def joined(parts: Iterable[Sentence], by: str, last: str = "") -> Sentence:
    """The parts with `by` between them, `last` before the last one."""
    given = list(parts)
    pieces: list[Piece] = []
    for number, part in enumerate(given):
        if number:
            pieces.append(Piece(last if last and number == len(given) - 1 else by))
        pieces += part
    return tuple(pieces)
