"""What an action did, in words: from and to, to whom it wrote, or why it was left undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.i18n import _, again
from desk import events
from desk.automation import undelivered
from desk.automation.action import Action
from desk.automation.actions import ACTIONS
from desk.automation.pieces import Sentence, words
from desk.automation.sentences import action
from desk.catalog import catalog
from desk.faults import in_words

NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True)
class Told:
    """One line. `said` where nothing went from one value to another; `held` = why it was not."""

    label: str
    before: str = ""
    after: str = ""
    said: Sentence = ()
    held: str = ""


def told(
    kept: Iterable[Mapping[str, Any]],
    actions: Sequence[Mapping[str, Any]],
    lost: undelivered.Lost = undelivered.NONE,
    deed: str = "",
) -> list[Told]:
    """The effects as they were kept (memory.packed) of these actions, in the reader's language.

    `lost`: what did not arrive; `deed` = the key of what was done (action.Doing).
    """
    return [line for effect in kept for line in _lines(effect, actions, lost, deed)]


def _lines(
    effect: Mapping[str, Any],
    actions: Sequence[Mapping[str, Any]],
    lost: undelivered.Lost,
    deed: str,
) -> list[Told]:
    held = again(effect["skipped"]) if effect.get("skipped") else ""
    if effect.get("changes"):
        return [_change(name, pair, held) for name, pair in effect["changes"].items()]
    known = ACTIONS.get(effect["do"])
    label = _(known.label) if known else str(effect["do"])
    if effect.get("receipts"):
        lines = mails(effect["receipts"], label, known.held if known else Action.held)
        who = [receipt[0] for receipt in effect["receipts"]]
        key = f"{deed}:{effect['at']}"
        return [_arrived(*pair, lost, key) for pair in zip(lines, who, strict=True)]
    return [Told(label, held=held) if held else Told(label, said=action(actions[effect["at"]]))]


def _arrived(line: Told, who: str, lost: undelivered.Lost, key: str) -> Told:
    """The line of a mail, with why it did not arrive."""
    found = None if line.held else undelivered.one(lost, key, who)
    return replace(line, held=_(found[0], why=in_words(found[1]))) if found else line


def _change(name: str, pair: Sequence[Any], held: str) -> Told:
    before, after = (catalog().name_of(name, value) for value in pair)
    return Told(field_name(name), "" if pair[0] in NOTHING else before, after, held=held)


def mails(receipts: Iterable[Sequence[str]], label: str, unsent: str = Action.held) -> list[Told]:
    """To whom mails went, and which did not leave and why."""
    return [
        Told(label, said=words(who), held=_(unsent, why=_(why)) if why else "")
        for who, why in receipts
    ]


def field_name(name: str) -> str:
    """The name of a field of history, for people."""
    cls = events.FIELD_EVENTS.get(name)
    if cls is not None:
        return _(cls.field_label)
    titles = [row.name for row in catalog().fields.values() if f"field.{row.key}" == name]
    return titles[0] if titles else name
