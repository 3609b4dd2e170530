"""Mails and calls that leave the house at a note: its words stay inside."""

from collections.abc import Iterator, Mapping
from typing import Any

from core.i18n import _
from desk.automation.actions import ACTIONS
from desk.automation.definition import Node
from desk.automation.lint.branches import kinds_heard
from desk.automation.lint.finding import NOTES, Finding
from desk.automation.templates import MARK

NOTE, MESSAGE = "note_added", "message"


def kept_inside(definition: Node) -> Iterator[Finding]:
    """Of a sound definition: where somebody outside gets the last public message instead."""
    if NOTE not in kinds_heard(frozenset(definition["on"])):
        return
    for at, stored in enumerate(definition["then"]):
        if ACTIONS[stored["do"]].goes_outside(stored) and _tells_message(stored):
            said = _("Notes never go outside; the last public message is sent instead.")
            yield Finding(NOTES, f"then.{at}", said, is_quiet=True)


def _tells_message(stored: Mapping[str, Any]) -> bool:
    params = ACTIONS[stored["do"]].params
    values = [stored.get(param.name) for param in params if param.has_placeholders]
    both = [each.values() if isinstance(each, dict) else (each,) for each in values]
    return any(MESSAGE in MARK.findall(str(text or "")) for texts in both for text in texts)
