"""Which triggers of the list are wanted, and which of them was just moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from core.i18n import _
from core.web import id_given
from desk.automation.actions import ACTIONS
from desk.automation.definition import conditions_in, event_kinds, root_of
from desk.automation.fields import field_named
from desk.automation.pieces import Sentence, plain
from desk.automation.subjects import DIALOG
from models import Rule, RuleState

Definition = Mapping[str, Any]


@dataclass(frozen=True)
class Sieve:
    """`words` are looked for in names and sentences; `event` = what a trigger listens to; `field` =
    what it asks for or sets."""

    words: str = ""
    state: str = ""
    doubtful: bool = False
    event: str = ""
    field: str = ""

    def __bool__(self) -> bool:
        return any((self.words, self.state, self.doubtful, self.event, self.field))

    def lets(
        self, rule: Rule, sentence: Sentence, definition: Definition, *, is_doubtful: bool
    ) -> bool:
        if self.state and rule.state != self.state:
            return False
        if self.event and self.event not in heard(definition):
            return False
        if self.field and self.field not in used(definition):
            return False
        said = f"{rule.name_ru} {rule.name_en} {plain(sentence)}".casefold()
        fits = all(word in said for word in self.words.casefold().split())
        return fits and (is_doubtful or not self.doubtful)


def asked() -> Sieve:
    """By the address."""
    state = request.args.get("state", "")
    words = request.args.get("q", "").strip()[:200]
    known = state if state in list(RuleState) else ""
    event, field = (request.args.get(name, "")[:80] for name in ("event", "field"))
    return Sieve(words, known, request.args.get("doubtful") == "1", event, field)


def heard(definition: Definition) -> set[str]:
    """Kinds of events; none of a definition that can't be read."""
    on = definition.get("on") if isinstance(definition, Mapping) else None
    return {str(kind) for kind in on} if isinstance(on, list) else set()


def used(definition: Definition) -> set[str]:
    """Names of the fields that it asks for or sets; none of one that can't be read."""
    try:
        asks = {str(node["field"]) for _path, node in conditions_in(root_of(definition))}
        acts = [one for one in definition["then"] if one["do"] in ACTIONS]
        return asks.union(*(ACTIONS[one["do"]].writes_of(one) for one in acts))
    except (KeyError, TypeError, AttributeError):
        return set()


def events_among(definitions: Iterable[Definition]) -> dict[str, str]:
    """What triggers of the list listen to, in the usual order, with names."""
    there = {kind for each in definitions for kind in heard(each)}
    named = {**event_kinds(), **event_kinds(DIALOG)}
    return {kind: name for kind, name in named.items() if kind in there}


def fields_among(definitions: Iterable[Definition]) -> dict[str, str]:
    """What triggers of the list ask for or set, by name."""
    found = {name for each in definitions for name in used(each)}
    named = {name: field_named(name) for name in found}
    labels = {name: _(field.label) for name, field in named.items() if field is not None}
    return dict(sorted(labels.items(), key=lambda each: each[1].casefold()))


def moved(rules: Iterable[Rule]) -> tuple[Rule, int] | None:
    """The one that was moved, and its number before; None when none was."""
    number, before = (id_given(request.args.get(name)) for name in ("moved", "from"))
    found = [rule for rule in rules if rule.id == number]
    return (found[0], before) if found and before else None
