"""Things that happened, named in the past tense, each with its own sentence for the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from core.i18n import N_, _
from desk.catalog import catalog
from models import EventRecord

KINDS: dict[str, type["Event"]] = {}

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What the log keeps, typed. `chain` = ids of the rules whose actions led here, in order."""

    record: EventRecord
    chain: tuple[int, ...] = ()

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""  # as the trigger editor names it; empty = can't be listened to
    visible_to_client: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.kind:
            KINDS[cls.kind] = cls

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def at(self) -> datetime:
        return self.record.at

    @property
    def case_id(self) -> int | None:
        return self.record.case_id

    @property
    def actor_id(self) -> int:
        return self.record.actor_id

    @property
    def data(self) -> Mapping[str, Any]:
        return self.record.data

    @property
    def depth(self) -> int:
        return self.record.depth

    @property
    def changes(self) -> Changes:
        return {name: (pair[0], pair[1]) for name, pair in self.record.changes.items()}

    def sentence(self) -> str:
        """One line for people, without the actor, in the reader's language."""
        return _(self.label)


def of(record: EventRecord) -> Event:
    """The typed event of a stored row; a kind of another version is still shown."""
    return KINDS.get(record.kind, Event)(record=record)


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """Something that happened to a ticket or dialog."""


@dataclass(frozen=True, kw_only=True)
class TicketCreated(CaseEvent):
    kind = "ticket_created"
    label = N_("Ticket created")
    visible_to_client = True

    def sentence(self) -> str:
        channel = self.changes.get("channel", (None, ""))[1]
        return _("Created, channel: %(channel)s", channel=catalog().name_of("channel", channel))


@dataclass(frozen=True, kw_only=True)
class DialogCreated(CaseEvent):
    kind = "dialog_created"
    label = N_("Dialog created")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class ClientReplied(CaseEvent):
    kind = "client_replied"
    label = N_("Client replied")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class AgentReplied(CaseEvent):
    kind = "agent_replied"
    label = N_("Agent replied")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class NoteAdded(CaseEvent):
    kind = "note_added"
    label = N_("Internal note added")


@dataclass(frozen=True, kw_only=True)
class FieldChange(CaseEvent):
    """One field went from one value to another."""

    field: ClassVar[str] = ""
    field_label: ClassVar[str] = ""

    def sentence(self) -> str:
        before, after = self.changes[self.field]
        names = catalog()
        return _(
            "%(field)s: %(before)s → %(after)s",
            field=_(self.field_label),
            before=names.name_of(self.field, before),
            after=names.name_of(self.field, after),
        )


@dataclass(frozen=True, kw_only=True)
class StatusChanged(FieldChange):
    kind = "status_changed"
    label = N_("Status changed")
    field = "status"
    field_label = N_("Status")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class AssigneeChanged(FieldChange):
    kind = "assignee_changed"
    label = N_("Assignee changed")
    field = "assignee"
    field_label = N_("Assignee")


@dataclass(frozen=True, kw_only=True)
class GroupChanged(FieldChange):
    kind = "group_changed"
    label = N_("Group changed")
    field = "group"
    field_label = N_("Group")


@dataclass(frozen=True, kw_only=True)
class LineChanged(FieldChange):
    kind = "line_changed"
    label = N_("Passed to another line")
    field = "line"
    field_label = N_("Line")

    def sentence(self) -> str:
        reason = self.data.get("reason")
        return f"{super().sentence()}. {reason}" if reason else super().sentence()


@dataclass(frozen=True, kw_only=True)
class PriorityChanged(FieldChange):
    kind = "priority_changed"
    label = N_("Priority changed")
    field = "priority"
    field_label = N_("Priority")


@dataclass(frozen=True, kw_only=True)
class TypeChanged(FieldChange):
    kind = "type_changed"
    label = N_("Type changed")
    field = "type"
    field_label = N_("Type")


@dataclass(frozen=True, kw_only=True)
class TopicChanged(FieldChange):
    kind = "topic_changed"
    label = N_("Topic changed")
    field = "topic"
    field_label = N_("Topic")


@dataclass(frozen=True, kw_only=True)
class DirectionChanged(FieldChange):
    kind = "direction_changed"
    label = N_("Direction changed")
    field = "direction"
    field_label = N_("Direction")


@dataclass(frozen=True, kw_only=True)
class SubjectChanged(FieldChange):
    kind = "subject_changed"
    label = N_("Subject changed")
    field = "subject"
    field_label = N_("Subject")


@dataclass(frozen=True, kw_only=True)
class TagsChanged(FieldChange):
    kind = "tags_changed"
    label = N_("Tags changed")
    field = "tags"
    field_label = N_("Tags")


@dataclass(frozen=True, kw_only=True)
class CustomFieldChanged(CaseEvent):
    """`changes` has one key, "field.<key of the custom field>"."""

    kind = "field_changed"
    label = N_("Custom field changed")

    def sentence(self) -> str:
        ((name, (before, after)),) = self.changes.items()
        key = name.removeprefix("field.")
        titles = [f.name for f in catalog().fields.values() if f.key == key]
        return _(
            "%(field)s: %(before)s → %(after)s",
            field=titles[0] if titles else key,
            before=_("none") if before in (None, "") else before,
            after=_("none") if after in (None, "") else after,
        )


@dataclass(frozen=True, kw_only=True)
class CounterFired(CaseEvent):
    """`data` = {counter, policy, step, due_at, late_seconds}."""

    kind = "counter_fired"
    label = N_("Counter fired")

    def sentence(self) -> str:
        return _("Counter “%(name)s” fired", name=self.data.get("name", ""))


@dataclass(frozen=True, kw_only=True)
class RuleSwitchedOff(Event):
    """The product stopped a trigger that misbehaved; `data` = {rule, name, why}."""

    kind = "rule_switched_off"

    def sentence(self) -> str:
        return _("Trigger “%(name)s” was switched off: %(why)s", **dict(self.data))


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event):
    """An administrator changed a trigger; `data` = {rule, name, what}."""

    kind = "rule_changed"


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    """An administrator changed reference data or settings; `data` = {what, before, after}."""

    kind = "settings_changed"


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    kind = "signed_in"


FIELD_EVENTS: dict[str, type[FieldChange]] = {
    cls.field: cls
    for cls in KINDS.values()
    if isinstance(cls, type) and issubclass(cls, FieldChange) and cls.field
}
