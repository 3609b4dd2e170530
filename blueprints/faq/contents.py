"""The headings of an answer for "on this page", and how long it takes to read."""

from core import markdown
from core.html import plain
from core.markdown import TOP_LEVEL, Heading

WORDS_A_MINUTE = 180
SHORTEST_CONTENTS = 3


def contents(html: str) -> list[Heading]:
    """The main headings with their ids; none when they are too few to need a list."""
    found = [heading for heading in markdown.contents(html) if heading.level == TOP_LEVEL]
    return found if len(found) >= SHORTEST_CONTENTS else []


def minutes_to_read(html: str) -> int:
    return max(1, round(len(plain(html).split()) / WORDS_A_MINUTE))
