"""Names in notes: @Masha, @Masha Ivanova."""

import re
from collections.abc import Iterator

from core.text import folded
from desk.catalog import catalog
from models import Staff

MOST = 8
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_WORD = re.compile(r"\w+")


def named_in(text: str) -> list[Staff]:
    """The colleagues whom a note names, each once: by the whole name, or by a first name that is
    theirs alone."""
    if "@" not in text:
        return []
    known = _by_name()
    longest = max((name.count(" ") for name in known), default=0) + 1
    found: dict[int, Staff] = {}
    for mark in _AT.finditer(text):
        for said in _readings(text[mark.end() : mark.end() + 200], longest):
            if said in known:
                found[known[said].id] = known[said]
                break
    return list(found.values())


def fitting(begun: str, besides: int) -> list[Staff]:
    """Colleagues whose name, or a part of it, begins so; for completing while one types."""
    plain = _plain(begun)
    if begun.strip() and not plain:
        return []
    return [one for one in _active() if one.id != besides and _begins(one, plain)][:MOST]


def _begins(person: Staff, begun: str) -> bool:
    name = _plain(person.name)
    return name.startswith(begun) or any(part.startswith(begun) for part in name.split())


def _readings(rest: str, longest: int) -> Iterator[str]:
    """What may be meant, the longest first: "masha ivanova looks", "masha ivanova", "masha"."""
    words = _WORD.findall(rest.split("\n", 1)[0])[:longest]
    for length in range(len(words), 0, -1):
        yield " ".join(map(folded, words[:length]))


def _by_name() -> dict[str, Staff]:
    found: dict[str, Staff] = catalog().once("mentions", _names)
    return found


def _names() -> dict[str, Staff]:
    """Whole names, and first names that one person alone has."""
    people = _active()
    whole = {_plain(person.name): person for person in people}
    first: dict[str, list[Staff]] = {}
    for person in people:
        first.setdefault(_plain(person.first_name), []).append(person)
    return {name: each[0] for name, each in first.items() if len(each) == 1} | whole


def _active() -> list[Staff]:
    return [person for person in catalog().staff.values() if person.is_active]


def _plain(name: str) -> str:
    return " ".join(map(folded, _WORD.findall(name)))
