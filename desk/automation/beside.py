"""What two versions of a trigger differ in besides their sentences: names, state, how it runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.i18n import LOCALES, N_, _
from desk.automation.actions import ACTIONS
from desk.automation.compared import GONE, NEW, compared
from desk.automation.definition import (
    GROUPS,
    RUNS,
    Node,
    conditions_in,
    group_kind,
    known,
    root_of,
)
from desk.automation.drawable import drawable
from desk.automation.pieces import Piece, Sentence

NAMES = {"ru": N_("Name in Russian"), "en": N_("Name in English")}
STATES = {
    "draft": N_("draft"),
    "shadow": N_("watching"),
    "on": N_("on"),
    "off": N_("off"),
}
AFTER = {False: N_("looked at"), True: N_("not looked at")}
BY_HAND = {False: N_("stays"), True: N_("is overwritten")}


@dataclass(frozen=True)
class Whole:
    """A trigger as it was once, or as it is being written; what is empty is not known."""

    definition: Node
    names: Mapping[str, str] = field(default_factory=dict)
    state: str = ""


def besides(before: Whole, after: Whole) -> tuple[list[Sentence], list[Sentence]]:
    """Line by line how it was, and how it is; nothing of what is the same."""
    old, new = dict(_told(before)), dict(_told(after))
    differing = [what for what in old if what in new and old[what] != new[what]]
    pairs = [_lines(what, old[what], new[what]) for what in differing]
    return [each[0] for each in pairs], [each[1] for each in pairs]


def _lines(what: str, old: str, new: str) -> tuple[Sentence, Sentence]:
    """Of a long text the words that differ are marked."""
    left, right = compared((Piece(old),), (Piece(new),)) if old and new else ((), ())
    lead = Piece(f"{what}: ")
    return (
        (lead, *(left or (Piece(old or "–", GONE),))),
        (lead, *(right or (Piece(new or "–", NEW),))),
    )


def _told(one: Whole) -> Iterator[tuple[str, str]]:
    stored: dict[str, Any] = drawable(one.definition)
    if any(one.names.values()):
        yield from ((_(NAMES[code]), one.names.get(code, "")) for code in LOCALES)
    if one.state:
        yield _("State"), _(STATES.get(one.state, one.state))
    kinds = ", ".join(_(GROUPS[kind]) for kind in _groups(root_of(stored)))
    yield _("How many of the conditions have to hold"), kinds
    yield _("How often"), _(RUNS.get(stored["run"], str(stored["run"])))
    yield _("Triggers after it"), _(AFTER[bool(stored.get("stop"))])
    yield _("What a person has just set"), _(BY_HAND[bool(stored.get("overwrite"))])
    yield from _unsaid(stored)


def _unsaid(stored: Node) -> Iterator[tuple[str, str]]:
    """What the sentence leaves out of conditions and actions, by their places."""
    for number, (_path, node) in enumerate(conditions_in(root_of(stored)), start=1):
        field, operator = known(node)
        if field and operator:
            for name, text in operator.form.unsaid(node.get("value")).items():
                yield _named(_("Condition %(n)s", n=number), field.name, name), text
    for number, action in enumerate(stored["then"], start=1):
        kind = ACTIONS.get(str(action.get("do")))
        for param in kind.params if kind else ():
            for name, text in param.form.unsaid(action.get(param.name)).items():
                label = f"{_(kind.label)}, {_(param.label)}" if kind else ""
                yield _named(_("Action %(n)s", n=number), label, name), text


def _named(place: str, label: str, name: str) -> str:
    return f"{place} ({label}{', ' if name else ''}{name})"


def _groups(node: Node) -> Iterator[str]:
    """The kinds of all groups of conditions, the outermost first."""
    kind = group_kind(node)
    if kind:
        yield kind
        for each in node[kind]:
            yield from _groups(each)
