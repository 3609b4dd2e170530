"""A text in passages short enough to have one meaning each. Pure."""

import re

LONGEST = 300  # letters
MOST = 24
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


def passages(text: str) -> list[str]:
    """Whole sentences put together as far as they fit; the first ones of a long text."""
    found: list[str] = []
    for sentence in filter(None, map(str.strip, _ENDS.split(text))):
        piece = sentence[:LONGEST]
        if found and len(found[-1]) + len(piece) < LONGEST:
            found[-1] = f"{found[-1]} {piece}"
        elif len(found) == MOST:
            break
        else:
            found.append(piece)
    return found
