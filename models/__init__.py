"""Tables, named queries and questions about one row; one file per noun."""

from models.article import (
    Article,
    ArticleCategory,
    ArticleText,
    ArticleVersion,
    ArticleVote,
    SearchQuery,
)
from models.case import Case, CaseLink, CaseTag, Dialog, Ticket
from models.client import Client, ClientCategory, ClientInCategory, Company
from models.counter import (
    Calendar,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    CounterSpan,
    CounterState,
)
from models.event import EventRecord
from models.message import Attachment, Draft, Message, MessageKind
from models.outbox import Inbound, InboundState, OutboxItem, OutboxState
from models.participant import (
    ApiKey,
    Bot,
    ContactKind,
    ContactPoint,
    CounterActor,
    Outsider,
    Participant,
    ParticipantKind,
    RuleActor,
)
from models.rule import Decision, Rule, RuleRun, RuleSet, RuleState, RuleVersion
from models.search import ArticleIndex, CaseIndex, SearchWord
from models.setting import Attempt, Heartbeat, Revision, Setting, SignInLink, Submission
from models.staff import Group, Membership, Presence, Role, Staff, StaffDirection
from models.words import CustomField, Priority, Status, StatusCategory, Tag, TicketType, Topic
from models.work_place import Direction, Line

__all__ = [
    "ApiKey",
    "Article",
    "ArticleCategory",
    "ArticleText",
    "ArticleVersion",
    "ArticleVote",
    "Attachment",
    "Attempt",
    "Bot",
    "Calendar",
    "Case",
    "CaseLink",
    "CaseTag",
    "Client",
    "ClientCategory",
    "ClientInCategory",
    "Company",
    "ContactKind",
    "ContactPoint",
    "Counter",
    "CounterActor",
    "CounterFiring",
    "CounterPolicy",
    "CounterPolicyVersion",
    "CounterSpan",
    "CounterState",
    "CustomField",
    "Decision",
    "Dialog",
    "Direction",
    "Draft",
    "EventRecord",
    "Group",
    "Heartbeat",
    "Inbound",
    "InboundState",
    "Line",
    "Membership",
    "Message",
    "MessageKind",
    "OutboxItem",
    "OutboxState",
    "Outsider",
    "Participant",
    "ParticipantKind",
    "Presence",
    "Priority",
    "Revision",
    "Role",
    "Rule",
    "RuleActor",
    "RuleRun",
    "RuleSet",
    "RuleState",
    "RuleVersion",
    "SearchQuery",
    "Setting",
    "SignInLink",
    "Staff",
    "StaffDirection",
    "Status",
    "StatusCategory",
    "Submission",
    "Tag",
    "Ticket",
    "TicketType",
    "Topic",
]
