"""Things that happened, named in the past tense, each with its own sentence for the timeline."""

from desk.events.administration import (
    RuleChanged,
    RulesLooped,
    RuleSwitchedOff,
    SettingsChanged,
    SignedIn,
)
from desk.events.conversation import (
    BEGINNINGS,
    AgentReplied,
    ClientReplied,
    DialogCreated,
    NoteAdded,
    TicketCreated,
)
from desk.events.counters import (
    TURNED,
    CounterFired,
    CounterStarted,
    CounterStopped,
)
from desk.events.event import (
    KINDS,
    CaseEvent,
    Changes,
    Event,
    of,
)
from desk.events.fields import (
    FIELD_EVENTS,
    AssigneeChanged,
    CustomFieldChanged,
    DirectionChanged,
    FieldChange,
    GroupChanged,
    LineChanged,
    PriorityChanged,
    StatusChanged,
    SubjectChanged,
    TagsChanged,
    TopicChanged,
    TypeChanged,
)
from desk.events.sleep import Returned, Snoozed

__all__ = [
    "AgentReplied",
    "AssigneeChanged",
    "BEGINNINGS",
    "CaseEvent",
    "Changes",
    "ClientReplied",
    "CounterFired",
    "CounterStarted",
    "CounterStopped",
    "CustomFieldChanged",
    "DialogCreated",
    "DirectionChanged",
    "Event",
    "FIELD_EVENTS",
    "FieldChange",
    "GroupChanged",
    "KINDS",
    "LineChanged",
    "NoteAdded",
    "PriorityChanged",
    "Returned",
    "RuleChanged",
    "RuleSwitchedOff",
    "RulesLooped",
    "SettingsChanged",
    "SignedIn",
    "Snoozed",
    "StatusChanged",
    "SubjectChanged",
    "TURNED",
    "TagsChanged",
    "TicketCreated",
    "TopicChanged",
    "TypeChanged",
    "of",
]
