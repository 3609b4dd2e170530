"""How often each stem stands in an article, by the worth of where it stands. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from operator import eq

WORTH = {"title": 6, "aliases": 4, "topic": 2, "body": 1}


def counted(fields: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, int]:
    """`fields` = pairs of a name in WORTH and stems; a stem twice in a row counts once."""
    often: Counter[str] = Counter()
    for name, stems in fields:
        worth = WORTH[name]
        for _time in range(worth):
            often.update(stems)
        if any(map(eq, stems, islice(stems, 1, None))):
            for stem, run in groupby(stems):
                often[stem] -= worth * (sum(1 for _each in run) // 2)
    return often
