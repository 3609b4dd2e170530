"""One field of a case got another value."""

from dataclasses import dataclass
from typing import ClassVar

from core.i18n import N_, _
from desk.catalog import catalog
from desk.events.dispatching import why_given
from desk.events.event import KINDS, CaseEvent


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


def _with_reason(event: FieldChange, said: str) -> str:
    """Of one that was passed on or given back (see desk.passing), or given by the dispatcher."""
    told = _("Returned. %(change)s", change=said) if event.data.get("way") == "back" else said
    reason = event.data.get("reason") or why_given(event.data)
    return f"{told}. {reason}" if reason else told


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

    def sentence(self) -> str:
        return _with_reason(self, super().sentence())


@dataclass(frozen=True, kw_only=True)
class GroupChanged(FieldChange):
    kind = "group_changed"
    label = N_("Group changed")
    field = "group"
    field_label = N_("Group")

    def sentence(self) -> str:
        """With why: it came of another line (`line` in the data), or somebody passed it on."""
        if "line" in self.data:
            return _("%(change)s, with the line", change=super().sentence())
        return _with_reason(self, super().sentence())


@dataclass(frozen=True, kw_only=True)
class LineChanged(FieldChange):
    kind = "line_changed"
    label = N_("Passed to another line")
    field = "line"
    field_label = N_("Line")

    def sentence(self) -> str:
        return _with_reason(self, super().sentence())


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
        names = catalog()
        titles = [f.name for f in names.fields.values() if f.key == key]
        return _(
            "%(field)s: %(before)s → %(after)s",
            field=titles[0] if titles else key,
            before=names.name_of(name, before),
            after=names.name_of(name, after),
        )


FIELD_EVENTS: dict[str, type[FieldChange]] = {
    cls.field: cls
    for cls in KINDS.values()
    if isinstance(cls, type) and issubclass(cls, FieldChange) and cls.field
}
