"""What the actions of a rule make of a ticket, as far as it does not depend on the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.automation.actions import ACTIONS
from desk.automation.definition import Node, action_gone
from desk.automation.facts import Facts
from desk.catalog import catalog
from desk.events import FIELD_EVENTS
from desk.tags import clean_tag


@dataclass
class Writes:
    """`sets` fields to values, `maybe` others; tags `put` and `gone`; `tells` kinds of events;
    `said` = notes as they are stored."""

    sets: dict[str, Any] = field(default_factory=dict)
    maybe: set[str] = field(default_factory=set)
    put: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    tells: set[str] = field(default_factory=set)
    leaves: bool = False
    said: list[str] = field(default_factory=list)

    @property
    def fields(self) -> set[str]:
        tags = {"tags"} if self.put or self.gone else set()
        return {*self.sets, *self.maybe, *tags}


def kind_of_change(name: str) -> str:
    """The event that tells of a change of this field."""
    known = FIELD_EVENTS.get(name)
    return known.kind if known else "field_changed"


def said(kind: str, stored: Mapping[str, Any]) -> str | None:
    """The words of a note that an action writes, with its placeholders; None of other events."""
    return str(stored.get("text") or "") if kind == "note_added" else None


def writes_of(definition: Node) -> Writes:
    """Found by asking each action what it plans for two tickets that have nothing in common."""
    found = Writes()
    for stored in definition.get("then") or ():
        action = ACTIONS.get(stored.get("do", "")) if isinstance(stored, Mapping) else None
        if action is None or action_gone(action, stored):
            continue
        found.leaves = found.leaves or action.leaves
        found.tells |= set(action.tells)
        found.said += [text for kind in action.tells if (text := said(kind, stored)) is not None]
        plans = [action.plan(stored, Facts(each)) for each in _two_tickets(stored)]
        for name in plans[0].keys() | plans[1].keys():
            _note(found, name, plans, stored)
    return found


def _two_tickets(stored: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One without anything; one with the tags that are named, and an assignee of no group."""
    tags = sorted(_tags(stored))
    members = {one for its in catalog().members.values() for one in its}
    lonely = next((one for one in catalog().staff if one not in members), -1)
    return [{"tags": []}, {"tags": tags, "assignee": lonely, "line": 1}]


def _tags(stored: Mapping[str, Any]) -> frozenset[str]:
    value = stored.get("value")
    return frozenset(map(clean_tag, map(str, value)) if isinstance(value, list) else ())


def _note(found: Writes, name: str, plans: list[dict[str, Any]], stored: Any) -> None:
    if name == "tags":
        put = frozenset(plans[0]["tags"])
        gone = frozenset() if put else _tags(stored).difference(plans[1]["tags"])
        found.put, found.gone = (found.put | put) - gone, (found.gone | gone) - put
    elif name in plans[0] and name in plans[1] and plans[0][name] == plans[1][name]:
        found.sets[name] = plans[0][name]
        found.maybe.discard(name)
    else:
        found.maybe.add(name)
        found.sets.pop(name, None)
