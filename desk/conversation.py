"""What was said and done on a case, in order: for the page of a ticket. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from core.db import db, plain_rows
from core.i18n import _, locale
from desk import access, events, said
from desk.catalog import catalog
from desk.said import Said
from models import (
    Case,
    Counter,
    CounterPolicy,
    EventRecord,
    Message,
    MessageKind,
    Participant,
    ParticipantKind,
    Rule,
    RuleVersion,
)
from models.named import name_of

MESSAGES = 50  # a page of them
MOST_MESSAGES = 200  # of a page that is being kept up to date
MOST_EVENTS = 300
HISTORY = 100
RECENT = 5
WORDS_OF_CLIENTS = (events.TicketCreated.kind, events.ClientReplied.kind)
PUBLIC_WORDS = (*WORDS_OF_CLIENTS, events.AgentReplied.kind)
_OF_EVENT = (
    EventRecord.id,
    EventRecord.at,
    EventRecord.kind,
    EventRecord.case_id,
    EventRecord.actor_id,
    EventRecord.depth,
    EventRecord.changes,
    EventRecord.data,
)


@dataclass(frozen=True)
class Happening:
    """An event with the words for who did it."""

    event: events.Event  # of a plain row: its own columns, nothing that hangs on them
    actor: str
    is_machine: bool

    @property
    def message_id(self) -> int | None:
        found: int | None = self.event.data.get("message")
        return found


@dataclass
class Item:
    """A message, or a run of events between two messages."""

    message: Said | None = None
    happenings: list[Happening] = field(default_factory=list)
    begins_new: bool = False  # the first words of the client that nobody has answered


@dataclass(frozen=True)
class Thread:
    """A page of a conversation; `earlier` = id to ask for what came before it."""

    items: list[Item]
    first: int | None
    earlier: int | None
    last_event: int


def thread(case: Case, *, before: int | None = None, start: int | None = None) -> Thread:
    """The last messages with the events between them.

    `before` a message: the page that ends there. `start` at a message: everything since, so that
    a page that was turned back stays whole when it is brought up to date.
    """
    limit = MESSAGES if start is None else MOST_MESSAGES
    found = said.last_of(case, limit + 1, before=before, since=start)
    shown = list(reversed(found[:limit]))
    earlier = shown[0].id if len(found) > limit or (start and _has_before(case, start)) else None
    happened = _happenings_between(case, shown, whole=earlier is None, before=before)
    last = happened[-1].event.id if happened else 0
    return Thread(_woven(case, shown, happened), shown[0].id if shown else None, earlier, last)


def newer_words(case: Case, seen: int, than_of: Participant) -> list[Said]:
    """Public messages of others since the event that the reader saw last."""
    values = {"case": case.id, "seen": seen, "reader": than_of.id}
    ids = [data["message"] for data in db.session.scalars(_NEWER, values) if "message" in data]
    return said.these(ids)[::-1] if ids else []


_NEWER = select(EventRecord.data).where(
    EventRecord.case_id == bindparam("case"),
    EventRecord.id > bindparam("seen"),
    EventRecord.kind.in_(PUBLIC_WORDS),
    or_(
        EventRecord.actor_id != bindparam("reader"),
        EventRecord.kind == events.ClientReplied.kind,  # under the reader's address, by anybody
    ),
)


def history(case: Case, *, before: int | None = None) -> list[Happening]:
    """Everything that happened, newest first, a page of it."""
    query = _events(locale())
    if before is not None:
        query = query.where(EventRecord.id < before)
    return _read(query, case, HISTORY)


def last_change(case: Case, name: str) -> Happening | None:
    """Who gave this field the value that it has, and when; nothing of one never changed."""
    return next(iter(changes(case, name, most=1)), None)


def changes(case: Case, name: str, *, most: int = HISTORY) -> list[Happening]:
    """Of one field, newest first."""
    query = _events(locale()).where(EventRecord.kind == events.FIELD_EVENTS[name].kind)
    return _read(query, case, most)


def recent(case: Case, who: Participant) -> Sequence[Any]:
    """The requester's other cases that the reader may see, newest first: id, subject, ..."""
    query = catalog().once(("recent", who.id), lambda: _recent(who))
    values = {"requester": case.requester_id, "case": case.id}
    return plain_rows(query, values)


def _recent(who: Participant) -> Select[Any]:
    query = access.visible_cases(who).where(
        Case.requester_id == bindparam("requester"), Case.id != bindparam("case")
    )
    columns: list[Any] = [Case.id, Case.subject, Case.status_id, Case.updated_at]
    shown = query.with_only_columns(*columns)
    return shown.order_by(Case.updated_at.desc(), Case.id.desc()).limit(RECENT)


def _has_before(case: Case, message_id: int) -> bool:
    query = select(Message.id).where(Message.case_id == case.id, Message.id < message_id).limit(1)
    return db.session.scalar(query) is not None


def _happenings_between(
    case: Case, shown: Sequence[Said], *, whole: bool, before: int | None
) -> list[Happening]:
    if not shown:
        return []
    query = _events(locale())
    if not whole:
        query = query.where(EventRecord.at >= shown[0].at)
    if before is not None:
        query = query.where(EventRecord.at <= shown[-1].at)
    return list(reversed(_read(query, case, MOST_EVENTS)))


@cache
def _events(_language: str) -> Select[Any]:
    """Of `case`, newest first, at most `most`; names are in the reader's language."""
    return (
        select(
            *_OF_EVENT,
            name_of(Rule).label("rule"),
            name_of(CounterPolicy).label("counter"),
            Participant.kind.label("actor_kind"),
            Participant.name,
        )
        .join(Participant, Participant.id == EventRecord.actor_id)
        .outerjoin(RuleVersion, RuleVersion.id == EventRecord.cause_rule_version_id)
        .outerjoin(Rule, Rule.id == RuleVersion.rule_id)
        .outerjoin(Counter, Counter.id == EventRecord.cause_counter_id)
        .outerjoin(CounterPolicy, CounterPolicy.id == Counter.policy_id)
        .where(EventRecord.case_id == bindparam("case"))
        .order_by(EventRecord.id.desc())
        .limit(bindparam("most"))
    )


def _read(query: Select[Any], case: Case, most: int) -> list[Happening]:
    machines = (ParticipantKind.RULE, ParticipantKind.COUNTER, ParticipantKind.DISPATCHER)
    rows: Iterable[Any] = plain_rows(query, {"case": case.id, "most": most})
    return [Happening(events.of(row), _actor(row), row.actor_kind in machines) for row in rows]


def _actor(row: Any) -> str:
    if row.rule is not None:
        return _("Trigger “%(name)s”", name=row.rule)
    if row.counter is not None or row.actor_kind == ParticipantKind.COUNTER:
        return _("Counter “%(name)s”", name=row.counter or row.data.get("name", ""))
    if row.actor_kind == ParticipantKind.DISPATCHER:
        return _("Dispatcher")
    known = catalog().staff.get(row.actor_id)
    return known.name if known else row.name


def _woven(case: Case, shown: Sequence[Said], happened: Iterable[Happening]) -> list[Item]:
    """Messages at the place of the event that tells of them; runs of other events between."""
    told = {each.message_id: each.event.id for each in happened}
    ordered: list[tuple[Any, Any]] = [((m.at, told.get(m.id, 0)), m) for m in shown]
    shown_ids = {message.id for message in shown}
    others = [each for each in happened if each.message_id not in shown_ids]
    ordered += [((e.event.at, e.event.id), e) for e in others if e.message_id is None]
    items: list[Item] = []
    for _key, one in sorted(ordered, key=lambda pair: pair[0]):
        if isinstance(one, Said):
            items.append(Item(message=one))
        elif items and items[-1].message is None:
            items[-1].happenings.append(one)
        else:
            items.append(Item(happenings=[one]))
    _mark_new(case, items)
    return items


def _mark_new(case: Case, items: list[Item]) -> None:
    """Where the reader has to begin: the client's first words after our last ones."""
    if case.is_answered or case.last_agent_at is None:
        return
    fresh: Item | None = None
    for item in reversed(items):
        message = item.message
        if message is None or message.kind != MessageKind.PUBLIC:
            continue
        if not message.inbound:
            break
        fresh = item
    if fresh is not None:
        fresh.begins_new = True
