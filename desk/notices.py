"""Mails that the product itself writes: answers to the client, new work and new words to the staff.

Written at the end of a unit of work, when rules have had their say: whoever is the assignee then
gets one mail, however often the ticket changed hands on the way.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core import bus
from core.db import db
from core.i18n import _, use_locale
from desk import events, mails, outbox
from desk.catalog import catalog
from desk.mails import Letter
from models import Case, Message, Participant, Staff

NEW_WORK = (events.AssigneeChanged, events.GroupChanged)
NEW_WORDS = (events.ClientReplied, events.NoteAdded)
QUOTE = 1500


@bus.at_end(stage=40)
def write_notices(happened: Sequence[events.Event]) -> None:
    by_case: dict[int, list[events.Event]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
    for number, its in by_case.items():
        case = db.session.get_one(Case, number)
        for event in its:
            if isinstance(event, events.AgentReplied):
                _answer_client(case, event)
        _tell_staff(case, its)


def _answer_client(case: Case, event: events.Event) -> None:
    address = case.requester.email
    if address is None:
        return
    message = db.session.get_one(Message, event.data["message"])
    with use_locale(case.requester.locale, case.requester.zone):
        hidden = (
            catalog().lines[case.line].hidden_from_clients if case.line in catalog().lines else 0
        )
        names = {"name": message.author.first_name, "number": case.number}
        title = (
            _("Answer to your request No. %(number)s", number=case.number)
            if hidden
            else _("%(name)s answered your request No. %(number)s", **names)
        )
        text, html = mails.rendered(
            Letter(
                title=title,
                paragraphs=mails.paragraphs_of(message.text),
                button=(_("Open the request"), mails.link_of(case, to_client=True)),
                after=_("To add something, open the request and write there."),
                case=case,
                path=True,
                reason=mails.client_reason(),
            )
        )
        mail = outbox.Mail(
            recipient=address,
            subject=_subject(case),
            text=text,
            html=html,
            template="answered",
            to=case.requester,
            case=case,
            event_id=event.id,
        )
    outbox.put(mail, dedupe=f"{event.id}:answered:{address}")


def _tell_staff(case: Case, happened: Sequence[events.Event]) -> None:
    """One mail a person, about the last thing that concerns them; nobody hears of the own acts."""
    told: dict[int, events.Event] = {}
    for event in happened:
        for person in _concerned(case, event):
            if person.id != event.actor_id:
                told[person.id] = event
    for person_id, event in told.items():
        _tell(case, event, catalog().staff[person_id])


def _concerned(case: Case, event: events.Event) -> Iterable[Staff]:
    assignee = catalog().staff.get(case.assignee_id or 0)
    if isinstance(event, NEW_WORDS) and assignee:
        return [assignee]
    if isinstance(event, events.ClientReplied):
        return _members(case)
    if isinstance(event, events.AssigneeChanged) and assignee:
        return [assignee] if event.changes["assignee"][1] == assignee.id else []
    if isinstance(event, events.GroupChanged) and not assignee:
        return _members(case)
    return []


def _members(case: Case) -> list[Staff]:
    members = catalog().members.get(case.group_id or 0, ())
    return [catalog().staff[one] for one in members]


def _tell(case: Case, event: events.Event, person: Staff) -> None:
    if person.email is None or not person.is_active:
        return
    with use_locale(person.locale, person.zone):
        letter = _letter_to_staff(case, event)
        text, html = mails.rendered(letter)
        mail = outbox.Mail(
            recipient=person.email,
            subject=f"{letter.title}: {case.subject}",
            text=text,
            html=html,
            template="staff",
            to=person,
            case=case,
            event_id=event.id,
        )
    outbox.put(mail, dedupe=f"{event.id}:staff:{person.id}")


def _letter_to_staff(case: Case, event: events.Event) -> Letter:
    if isinstance(event, NEW_WORDS):
        title = (
            _("The client wrote on No. %(number)s", number=case.number)
            if isinstance(event, events.ClientReplied)
            else _("New note on No. %(number)s", number=case.number)
        )
    else:
        title = _("New work: No. %(number)s", number=case.number)
    return Letter(
        title=title,
        paragraphs=[case.subject, _from(case.requester)],
        quote=_words_of(case, event)[:QUOTE],
        button=(_("Open in the workspace"), mails.link_of(case, to_client=False)),
        case=case,
    )


def _from(requester: Participant) -> str:
    return _("From: %(name)s", name=requester.name)


def _words_of(case: Case, event: events.Event) -> str:
    if "message" in event.data:
        return db.session.get_one(Message, event.data["message"]).text
    return case.preview


def _subject(case: Case) -> str:
    return f"{case.subject} [#{case.number}]"
