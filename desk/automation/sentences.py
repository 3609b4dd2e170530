"""A rule as one sentence: WHEN ... IF ... THEN ..."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.i18n import _
from desk.automation.actions import ACTIONS
from desk.automation.definition import RUNS, Node, all_event_kinds, group_kind, known, root_of
from desk.automation.pieces import Piece, Sentence, joined, words


def sentence_of(definition: Node) -> Sentence:
    """Works for broken definitions too: what is not known is shown by its name."""
    return _unless_broken(_("its parts can't be read"), _sentence, definition)


def _unless_broken(name: str, tell: Callable[[Node], Sentence], told: Node) -> Sentence:
    try:
        return tell(told)
    except Exception:  # one that can't be told is shown by its name, and no page falls with it
        return (Piece(name, "broken"),)


def _sentence(definition: Node) -> Sentence:
    parts = [
        (Piece(_("WHEN"), "key"), Piece(" ")),
        _events(definition.get("on") or []),
        _if(root_of(definition)),
        (Piece(" "), Piece(_("THEN"), "key"), Piece(" ")),
        sentence_of_actions(definition.get("then") or []),
        _how_often(definition.get("run", "every")),
    ]
    return tuple(piece for part in parts for piece in part)


def _how_often(run: str) -> Sentence:
    """Nothing when it is every time."""
    return (
        ()
        if run == "every"
        else (Piece(" ("), Piece(_(RUNS.get(run, str(run))), "value"), Piece(")"))
    )


def _events(kinds: Sequence[str]) -> Sentence:
    names = all_event_kinds()
    parts = [(Piece(_lower(names.get(kind, kind)), "value"),) for kind in kinds]
    return joined(parts, _(" or ")) or words("…")


def _if(group: Node) -> Sentence:
    said = sentence_of_conditions(group)
    return (Piece(" "), Piece(_("IF"), "key"), Piece(" "), *said) if said else ()


def sentence_of_conditions(group: Node) -> Sentence:
    """The conditions of a group; empty when there are none."""
    kind = group_kind(group)
    return _group(kind, group[kind], outer=True) if kind else condition(group)


def _group(kind: str, children: Sequence[Node], *, outer: bool = False) -> Sentence:
    parts = [
        _group(group_kind(each), each[group_kind(each)]) if group_kind(each) else condition(each)
        for each in children
    ]
    if not parts:
        return ()
    if len(parts) == 1 and kind != "none":
        return parts[0]
    if kind == "all":
        said = joined(parts, ", ", _(" and ") if outer else ", ")
        return said if outer else (*words(_("all of: ")), *said)
    said = joined(parts, ", ")
    lead = _("any of: ") if kind == "any" else _("none of: ")
    return (*words(lead), *said) if outer else (Piece("("), *words(lead), *said, Piece(")"))


def condition(node: Node) -> Sentence:
    """One condition in words."""
    return _unless_broken(f"{node.get('field')} {node.get('op')}", _condition, node)


def _condition(node: Node) -> Sentence:
    field, operator = known(node)
    if field is None or operator is None:
        name = field.name if field else str(node.get("field") or "?")
        return (Piece(f"{name} {node.get('op') or '?'}", "broken"),)
    return operator.sentence(_lower(field.name), node.get("value"), field.type)


def sentence_of_actions(actions: Sequence[Mapping[str, Any]]) -> Sentence:
    return joined([action(stored) for stored in actions], ", ", _(" and ")) or words("…")


def action(stored: Node) -> Sentence:
    """One action in words."""
    return _unless_broken(str(stored.get("do")), _action, stored)


def _action(stored: Node) -> Sentence:
    known_action = ACTIONS.get(str(stored.get("do", "")))
    if known_action is None:
        return (Piece(str(stored.get("do") or "?"), "broken"),)
    return known_action.sentence(stored)


def _lower(name: str) -> str:
    """As it stands within a sentence; abbreviations stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
