"""What two versions of a trigger differ in besides their sentences: names, state, how it runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.i18n import LOCALES, N_, _
from desk.automation.compared import GONE, NEW
from desk.automation.definition import GROUPS, RUNS, Node, group_kind, root_of
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
    return (
        [_line(what, old[what], GONE) for what in differing],
        [_line(what, new[what], NEW) for what in differing],
    )


def _line(what: str, value: str, kind: str) -> Sentence:
    return (Piece(f"{what}: "), Piece(value or "–", kind))


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


def _groups(node: Node) -> Iterator[str]:
    """The kinds of all groups of conditions, the outermost first."""
    kind = group_kind(node)
    if kind:
        yield kind
        for each in node[kind]:
            yield from _groups(each)
