"""What can be done to a ticket. Verbs are recorded; asking for what is already so does nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import _
from desk import beginning, events, history, passing
from desk.catalog import catalog
from desk.errors import Invalid
from desk.files import Upload
from desk.messages import know_ids, said, say
from desk.texts import MAX_TEXT, checked_subject, checked_text
from models import (
    Case,
    Group,
    Message,
    MessageKind,
    Participant,
    Priority,
    Staff,
    StatusCategory,
    Ticket,
)


@dataclass(frozen=True)
class NewTicket:
    """What a ticket is opened with. `fields` = custom fields {key: value}; ids for the rest."""

    subject: str
    text: str
    channel: str = "portal"
    locale: str = ""
    direction_id: int | None = None
    type_id: int | None = None
    topic_id: int | None = None
    priority: int = Priority.NORMAL
    fields: Mapping[str, Any] | None = None
    is_unconfirmed: bool = False


def open_ticket(
    new: NewTicket,
    *,
    requester: Participant,
    by: Participant | None = None,
    uploads: Iterable[Upload] = (),
) -> Ticket:
    """A new ticket with its first message. Invalid when the subject, text or files can't be taken.

    Whoever asks speaks as a client, be it under the address of a colleague.
    """
    kept = list(uploads)
    subject, text = checked_subject(new.subject), checked_text(new.text, has_files=bool(kept))
    ticket = beginning.blank(
        Ticket,
        new,
        subject,
        requester,
        type_id=new.type_id,
        topic_id=new.topic_id,
        priority=new.priority,
        fields=dict(new.fields or {}),
        is_unconfirmed=new.is_unconfirmed,
    )
    author = by or requester
    inbound = author is requester or not author.is_staff
    return beginning.begin(
        ticket, text, events.TicketCreated, by=author, inbound=inbound, uploads=kept
    )


def client_reply(
    case: Case,
    text: str,
    *,
    by: Participant,
    channel: str = "portal",
    uploads: Iterable[Upload] = (),
) -> Message:
    """The client (or somebody for the client) writes on."""
    message = said(case, text, by=by, channel=channel, inbound=True, uploads=uploads)
    history.record(events.ClientReplied, case, by=by, data={"message": message.id})
    return message


def reply(
    case: Case,
    text: str,
    *,
    by: Participant,
    channel: str = "staff",
    uploads: Iterable[Upload] = (),
) -> Message:
    """A public answer of ours: takes a ticket that nobody works on, and is sent to the client."""
    message = said(case, text, by=by, channel=channel, inbound=False, uploads=uploads)
    case.first_answer_at = case.first_answer_at or message.at
    history.record(events.AgentReplied, case, by=by, data={"message": message.id})
    if case.assignee_id is None and isinstance(by, Staff):
        assign(case, by, by=by)
    return message


def add_note(
    case: Case, text: str, *, by: Participant | None = None, uploads: Iterable[Upload] = ()
) -> Message:
    """Words for colleagues only. `by` None = the rule or counter at work."""
    author = by or history.acting()
    kept = list(uploads)
    text = checked_text(text, has_files=bool(kept))
    message = say(case, text, by=author, kind=MessageKind.NOTE, inbound=False, uploads=kept)
    know_ids()
    history.record(events.NoteAdded, case, by=by, data={"message": message.id})
    return message


def change_status(case: Case, status_id: int, *, by: Participant | None = None) -> bool:
    status = catalog().statuses.get(status_id)
    if status is None:
        raise Invalid(_("There is no such status."), "status")
    if case.kind == "ticket" and not status.for_tickets:
        raise Invalid(_("This status is not for tickets."), "status")
    if case.kind == "dialog" and not status.for_dialogs:
        raise Invalid(_("This status is not for dialogs."), "status")
    return history.change(case, by=by, status=status_id)


def solve(case: Case, *, by: Participant | None = None) -> bool:
    """To the first status of the category solved; nothing when it is solved or closed already."""
    if case.is_solved:
        return False
    return change_status(case, catalog().first_status(StatusCategory.SOLVED).id, by=by)


def reopen(case: Case, *, by: Participant | None = None) -> bool:
    if case.is_open:
        return False
    return change_status(case, catalog().first_status(StatusCategory.OPEN).id, by=by)


def assign(case: Case, person: Staff | None, *, by: Participant | None = None) -> bool:
    """Give to a person, or to nobody (None)."""
    if person is not None and not person.is_active:
        raise Invalid(_("%(name)s does not work here any more.", name=person.name), "assignee")
    return history.change(case, by=by, assignee=person.id if person else None)


def assign_group(case: Case, group: Group | None, *, by: Participant | None = None) -> bool:
    """Put into the queue of a group; an assignee who is not in the group loses the ticket."""
    if not history.change(case, by=by, group=group.id if group else None):
        return False
    members = catalog().members.get(group.id, ()) if group else None
    if members is not None and case.assignee_id not in (None, *members):
        history.change(case, by=by, assignee=None)
    return True


def pass_to_line(case: Case, line: int, *, reason: str = "", by: Participant | None = None) -> bool:
    """As triggers and counters do it: the group stays, the reason may be missing (see passing).

    Whoever had it no longer has it, unless they are of that line.
    """
    if line not in catalog().lines or line == 0:
        raise Invalid(_("There is no such line."), "line")
    if len(reason) > MAX_TEXT:
        raise Invalid(_("The reason is too long."), "reason")
    if line == case.line:
        return False
    way, there = passing.way_of(case.line, line), passing.Place(line, case.group_id)
    words = passing.Words(reason=reason.strip())
    row = passing.begin(case, way, there, by=by or history.acting(), words=words)
    history.change(case, by=by, data={"reason": row.reason, "passing": row.id}, line=line)
    person = catalog().staff.get(case.assignee_id or 0)
    if person is not None and person.line != line:
        history.change(case, by=by, data={"passing": row.id}, assignee=None)
    return True


def set_priority(case: Case, priority: int, *, by: Participant | None = None) -> bool:
    if priority not in list(Priority):
        raise Invalid(_("There is no such priority."), "priority")
    return history.change(case, by=by, priority=int(priority))


def set_type(case: Case, type_id: int | None, *, by: Participant | None = None) -> bool:
    if type_id is not None and type_id not in catalog().types:
        raise Invalid(_("There is no such type."), "type")
    return history.change(case, by=by, type=type_id)


def set_topic(case: Case, topic_id: int | None, *, by: Participant | None = None) -> bool:
    if topic_id is not None and topic_id not in catalog().topics:
        raise Invalid(_("There is no such topic."), "topic")
    return history.change(case, by=by, topic=topic_id)


def set_direction(case: Case, direction_id: int | None, *, by: Participant | None = None) -> bool:
    if direction_id is not None and direction_id not in catalog().directions:
        raise Invalid(_("There is no such direction."), "direction")
    return history.change(case, by=by, direction=direction_id)


def set_subject(case: Case, subject: str, *, by: Participant | None = None) -> bool:
    return history.change(case, by=by, subject=checked_subject(subject))


def set_field(case: Case, key: str, value: Any, *, by: Participant | None = None) -> bool:
    """One of the company's own fields; the value as a ticket keeps it."""
    if key not in {row.key for row in catalog().fields.values()}:
        raise Invalid(_("There is no such field."), "field")
    return history.change(case, by=by, fields={key: value})
