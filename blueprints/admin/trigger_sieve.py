"""Which triggers of the list are wanted, and which of them was just moved."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from core.web import id_given
from desk.automation.pieces import Sentence, plain
from models import Rule, RuleState


@dataclass(frozen=True)
class Sieve:
    """`words` are looked for in names and sentences."""

    words: str = ""
    state: str = ""
    doubtful: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.state or self.doubtful)

    def lets(self, rule: Rule, sentence: Sentence, is_doubtful: bool) -> bool:
        if self.state and rule.state != self.state:
            return False
        said = f"{rule.name_ru} {rule.name_en} {plain(sentence)}".casefold()
        fits = all(word in said for word in self.words.casefold().split())
        return fits and (is_doubtful or not self.doubtful)


def asked() -> Sieve:
    """By the address."""
    state = request.args.get("state", "")
    words = request.args.get("q", "").strip()[:200]
    known = state if state in list(RuleState) else ""
    return Sieve(words, known, request.args.get("doubtful") == "1")


def moved(rules: Iterable[Rule]) -> tuple[Rule, int] | None:
    """The one that was moved, and its number before; None when none was."""
    number, before = (id_given(request.args.get(name)) for name in ("moved", "from"))
    found = [rule for rule in rules if rule.id == number]
    return (found[0], before) if found and before else None
