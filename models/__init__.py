"""Tables, named queries and questions about one row; one file per noun."""

from models.announcement import Announcement
from models.article import (
    Article,
    ArticleCategory,
    ArticleState,
    ArticleText,
    ArticleVersion,
    ArticleVote,
    Deflection,
    OldAddress,
    SearchQuery,
)
from models.case import Case, CaseLink, CaseTag, Dialog, Ticket
from models.client import Client, ClientCategory, ClientInCategory, Company
from models.counter import (
    Calendar,
    Counter,
    CounterEpisode,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    CounterSpan,
    CounterState,
    Outcome,
)
from models.event import EventRecord
from models.gap import GapKind, GapState, KnowledgeGap
from models.hand_down import HandDown, HandDownReader
from models.job import Job, JobState
from models.letter import MailTemplate
from models.message import Attachment, Draft, Message, MessageKind
from models.notice import Notice, NoticeChoice, WaitingNotice
from models.outbox import Inbound, InboundState, OutboxItem, OutboxState
from models.participant import (
    ApiKey,
    Bot,
    ContactKind,
    ContactPoint,
    CounterActor,
    DispatcherActor,
    Outsider,
    Participant,
    ParticipantKind,
    RuleActor,
)
from models.passing import OutsideQuestion, Passing
from models.picture import Picture
from models.routing import Duty, Routing, Waiting
from models.rule import Decision, Rule, RuleRun, RuleSet, RuleState, RuleVersion
from models.schedule import Absence, Schedule, Shift
from models.search import ArticleIndex, CaseIndex, SearchWord
from models.setting import Attempt, Heartbeat, Revision, Setting, SignInLink, Submission
from models.skill import LEVELS, Skill, StaffSkill, TypeNeed
from models.staff import (
    Group,
    Leaving,
    Membership,
    Presence,
    Role,
    Staff,
    StaffCategory,
    StaffDirection,
)
from models.synonym import SynonymGroup
from models.watch import Watch
from models.wording import ArticleWording, CaseArticle, WordingSource, WordingState
from models.words import CustomField, Priority, Status, StatusCategory, Tag, TicketType, Topic
from models.work_place import Direction, Line

__all__ = [
    "Absence",
    "Announcement",
    "ApiKey",
    "Article",
    "ArticleCategory",
    "ArticleIndex",
    "ArticleState",
    "ArticleText",
    "ArticleVersion",
    "ArticleVote",
    "ArticleWording",
    "Attachment",
    "Attempt",
    "Bot",
    "Calendar",
    "Case",
    "CaseArticle",
    "CaseIndex",
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
    "CounterEpisode",
    "CounterFiring",
    "CounterPolicy",
    "CounterPolicyVersion",
    "CounterSpan",
    "CounterState",
    "CustomField",
    "Decision",
    "Deflection",
    "Dialog",
    "Direction",
    "DispatcherActor",
    "Draft",
    "Duty",
    "EventRecord",
    "GapKind",
    "GapState",
    "Group",
    "HandDown",
    "HandDownReader",
    "Heartbeat",
    "Inbound",
    "InboundState",
    "Job",
    "JobState",
    "KnowledgeGap",
    "LEVELS",
    "Leaving",
    "Line",
    "MailTemplate",
    "Membership",
    "Message",
    "MessageKind",
    "Notice",
    "NoticeChoice",
    "OldAddress",
    "OutboxItem",
    "OutboxState",
    "Outcome",
    "OutsideQuestion",
    "Outsider",
    "Participant",
    "ParticipantKind",
    "Passing",
    "Picture",
    "Presence",
    "Priority",
    "Revision",
    "Role",
    "Routing",
    "Rule",
    "RuleActor",
    "RuleRun",
    "RuleSet",
    "RuleState",
    "RuleVersion",
    "Schedule",
    "SearchQuery",
    "SearchWord",
    "Setting",
    "Shift",
    "SignInLink",
    "Skill",
    "Staff",
    "StaffCategory",
    "StaffDirection",
    "StaffSkill",
    "Status",
    "StatusCategory",
    "Submission",
    "SynonymGroup",
    "Tag",
    "Ticket",
    "TicketType",
    "Topic",
    "TypeNeed",
    "Waiting",
    "WaitingNotice",
    "Watch",
    "WordingSource",
    "WordingState",
]
