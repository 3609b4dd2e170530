"""What conditions say of a set or a text: marks that must be in it, and marks that must not."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from core.text import fold

Mark = Hashable  # a tag, a category, or a TextMark
ANY = ("any",)  # stands for some mark that nobody names
SOME = frozenset([frozenset([ANY])])
LONGEST = 60  # letters of which all parts are looked at


class TextMark(NamedTuple):
    """`kind` is is, starts, ends, contains, words, or asked: an operator known by name only."""

    kind: str
    text: str
    how: str = ""

    def holds_in(self, text: str) -> bool | None:
        """Whether exactly this text has it; None where that can't be told from here."""
        if self.kind == "is":
            return self.text == text
        if self.kind == "contains":
            return self.text in fold(text)
        if self.kind == "ends":
            return fold(text).rstrip().endswith(self.text)
        return fold(text).startswith(self.text) if self.kind == "starts" else None


@dataclass(frozen=True)
class Marks:
    """True where something can have them all; `some` = groups of which one mark must be there."""

    must: frozenset[Mark] = frozenset()
    never: frozenset[Mark] = frozenset()
    some: frozenset[frozenset[Mark]] = frozenset()
    empty: bool = False

    def __and__(self, other: "Marks") -> "Marks":
        return Marks(
            self.must | other.must,
            self.never | other.never,
            self.some | other.some,
            self.empty or other.empty,
        )

    def __bool__(self) -> bool:
        return self._is_possible

    @cached_property
    def _is_possible(self) -> bool:
        if self.empty and (self.must or self.some):
            return False
        held = closed(self.must)
        if not held.isdisjoint(self.never) or not self._fits_exact_text():
            return False
        if not (_agree(self.must, "starts", str.startswith) and _agree(self.must, "ends", _ends)):
            return False
        return all(self.one_of(group) is not None for group in self.some)

    def one_of(self, group: frozenset[Mark]) -> Mark | None:
        """A mark of the group that nothing forbids; one that must be there anyway comes first."""
        held = closed(self.must)
        for mark in sorted(group, key=lambda each: (each not in held, str(each))):
            if implied(mark).isdisjoint(self.never):
                return mark
        return None

    def chosen(self) -> list[Mark]:
        """Marks that meet everything, as few as can be."""
        taken = set(self.must)
        for group in sorted(self.some, key=lambda each: sorted(map(str, each))):
            mark = self.one_of(group)
            if mark is not None and group.isdisjoint(closed(taken)):
                taken.add(mark)
        return sorted(taken, key=str)

    def after(self, put: frozenset[Mark], gone: frozenset[Mark]) -> "Marks | None":
        """What it asks of a set before these were put in and taken out. None: it can't hold."""
        if self.must & gone or self.never & put or (self.empty and put):
            return None
        groups = []
        for group in self.some:
            if group & put or (ANY in group and put):
                continue
            if not group - gone:
                return None
            groups.append(group - gone)
        empty = self.empty and not gone
        left = Marks(self.must - put, self.never - gone, frozenset(groups), empty)
        return left if left else None

    def _fits_exact_text(self) -> bool:
        """Where the whole text is given, all else has to be true of it."""
        for given in self.must:
            if isinstance(given, TextMark) and given.kind == "is":
                texts = [[m.holds_in(given.text) for m in g] for g in map(_texts, self.some) if g]
                return (
                    all(m.holds_in(given.text) is not False for m in _texts(self.must))
                    and all(m.holds_in(given.text) is not True for m in _texts(self.never))
                    and all(any(each is not False for each in group) for group in texts)
                )
        return True


def _texts(marks: Iterable[Mark]) -> list[TextMark]:
    return [mark for mark in marks if isinstance(mark, TextMark)]


def _agree(marks: Iterable[Mark], kind: str, begins: Callable[[str, str], bool]) -> bool:
    """Whether one text can have all beginnings, or ends: each is part of the longest."""
    said = sorted((mark.text for mark in _texts(marks) if mark.kind == kind), key=len)
    return all(begins(said[-1], each) for each in said)


def _ends(text: str, part: str) -> bool:
    return text.endswith(part.rstrip())


def closed(marks: Iterable[Mark]) -> frozenset[Mark]:
    """The marks, and all that is found wherever they are."""
    return frozenset(each for mark in marks for each in implied(mark))


@lru_cache(maxsize=4096)
def implied(mark: Mark) -> frozenset[Mark]:
    """What is found wherever this is. Of words nothing is concluded but the words themselves."""
    if not isinstance(mark, TextMark) or mark.kind not in ("starts", "ends", "contains"):
        return frozenset([mark])
    text, size = mark.text, min(len(mark.text), LONGEST)
    parts = {text[a:b] for a in range(size) for b in range(a + 1, size + 1)} | {text}
    found = {TextMark("contains", part) for part in parts}
    if mark.kind == "starts":
        found |= {TextMark("starts", text[:end]) for end in range(1, len(text) + 1)}
    if mark.kind == "ends":
        found |= {TextMark("ends", text[at:]) for at in range(len(text))}
    return frozenset({mark, *found})


def of_set(operator: str, value: Any) -> Marks | None:
    """A condition on tags and the like; None for an operator that is not known here."""
    if operator in ("empty", "not_empty"):
        return Marks(empty=True) if operator == "empty" else Marks(some=SOME)
    named = frozenset(value or ())
    if operator == "has_any":
        return Marks(some=frozenset([named]))
    if operator == "has_all":
        return Marks(must=named)
    return Marks(never=named) if operator == "has_none" else None


def denied(marks: Marks) -> list[Marks]:
    """All ways in which they don't hold."""
    ways = [Marks(never=frozenset([mark])) for mark in marks.must]
    ways += [Marks(must=frozenset([mark])) for mark in marks.never]
    for group in marks.some:
        ways.append(Marks(empty=True) if ANY in group else Marks(never=group))
    return [*ways, Marks(some=SOME)] if marks.empty else ways
