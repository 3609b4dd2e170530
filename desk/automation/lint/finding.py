"""What is told of a doubt: which rules, which row, and a ticket that shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import N_, _, format_datetime
from desk.automation.actions import ACTIONS
from desk.automation.definition import event_kinds
from desk.automation.fields import field_named
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State
from desk.automation.pieces import plain
from desk.automation.sentences import condition, sentence_of_actions
from desk.automation.subjects import CREATED

NEVER, ALWAYS, EXCLUDE, SHADOWED = "never", "always", "exclude", "shadowed"
LOOP, CONFLICT, GONE, OFTEN = "loop", "conflict", "gone", "often"
HIDES, PARTLY, BROKEN, TWICE = "hides", "partly", "broken", "twice"
AUTOMATIC, LANGUAGE, MAILS, NOTES = "automatic", "language", "mails", "notes"
KINDS = {
    BROKEN: N_("Broken"),
    LOOP: N_("Loop"),
    NEVER: N_("Never true"),
    EXCLUDE: N_("Contradicts itself"),
    SHADOWED: N_("Never reached"),
    HIDES: N_("Hides another"),
    CONFLICT: N_("Conflict"),
    TWICE: N_("Overwrites itself"),
    GONE: N_("Names what is not there"),
    ALWAYS: N_("Always true"),
    OFTEN: N_("Very often"),
    AUTOMATIC: N_("Answers a machine"),
    LANGUAGE: N_("Language"),
    NOTES: N_("For colleagues only"),
    MAILS: N_("By the replay"),
    PARTLY: N_("Not looked at to the end"),
}
ORDER = list(KINDS)
MOST_SHOWN = 60  # letters of a value


@dataclass(frozen=True)
class Row:
    """A row of a rule: id 0 is the draft that is being written."""

    id: int
    name: str
    where: str = ""


@dataclass(frozen=True)
class Seen:
    """A field of the ticket that shows it."""

    name: str
    value: str


@dataclass(frozen=True)
class Finding:
    """`where` is the path of the row in this rule; `others` are the rows of other rules."""

    kind: str
    where: str
    message: str
    others: tuple[Row, ...] = ()
    event: str = ""
    ticket: tuple[Seen, ...] = ()
    steps: tuple[str, ...] = ()
    whole: bool = False  # of conditions that shut each other out: nothing else is left
    is_quiet: bool = False  # worth knowing, nothing to mend

    @property
    def title(self) -> str:
        return _(KINDS[self.kind])

    @property
    def is_grave(self) -> bool:
        """Whether the rule can't do what it says."""
        return self.kind in (BROKEN, LOOP) or self.is_dead

    @property
    def is_dead(self) -> bool:
        """Whether no ticket is ever met by the whole rule, or it is never asked."""
        return self.kind in (NEVER, SHADOWED) or (self.kind == EXCLUDE and self.whole)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (ORDER.index(each.kind), each.where))


def row(rule: Ruled, where: str = "if") -> Row:
    return Row(rule.id, rule.source.name, where)


def event_told(state: State) -> str:
    """What happens to the ticket, in words."""
    name = event_kinds().get(state.kind, state.kind)
    if not state.changes or state.kind in CREATED:
        return name
    return _("%(event)s: %(changes)s", event=name, changes=_changes(state))


def _changes(state: State) -> str:
    said = []
    for name, (before, after) in state.changes.items():
        field = field_named(name)
        if field is not None:
            said.append(
                _(
                    "%(field)s: %(before)s → %(after)s",
                    field=field.name,
                    before=_shown(name, before),
                    after=_shown(name, after),
                )
            )
    return "; ".join(said)


def ticket_told(state: State, names: Iterable[str]) -> tuple[Seen, ...]:
    """The fields of the ticket that matter, in words."""
    found = []
    for name in dict.fromkeys(names):
        field = field_named(name)
        if field is not None and field.key != "now":
            value = field.reader()(state.moment)
            found.append(Seen(field.name, _shown(name, value)))
        elif field is not None:
            found.append(Seen(field.name, format_datetime(state.now)))
    return tuple(found)


def _shown(name: str, value: Any) -> str:
    field = field_named(name)
    if field is None:
        return str(value)
    if field.type.family == "set" and isinstance(value, list):
        shown = ", ".join(field.type.show(each) for each in value) or _("none")
    else:
        shown = field.show(value)
    return shown if len(shown) <= MOST_SHOWN else shown[: MOST_SHOWN - 1] + "…"


def condition_told(node: Any) -> str:
    return plain(condition(node))


def actions_told(rule: Ruled, fields: Iterable[str] = ()) -> str:
    """What a rule does, in words; of it only what writes these fields, if any are named."""
    wanted = set(fields)
    stored: Sequence[Any] = rule.definition["then"]
    chosen = [
        each
        for each in stored
        if not wanted or wanted.intersection(ACTIONS[each["do"]].writes_of(each))
    ]
    return plain(sentence_of_actions(chosen or stored))


def action_row(rule: Ruled, name: str) -> str:
    """The path of the action that writes this field."""
    stored: Sequence[Any] = rule.definition["then"]
    places = [at for at, each in enumerate(stored) if name in ACTIONS[each["do"]].writes_of(each)]
    return f"then.{places[-1] if places else 0}"
