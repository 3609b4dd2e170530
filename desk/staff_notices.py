"""Mails to the staff: new work, new words; notes of rules and counters with their brakes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.db import db
from core.i18n import _, use_locale
from desk import events, mails, outbox
from desk.automation import brakes
from desk.catalog import catalog
from desk.mails import Letter
from models import Case, Message, Participant, Staff

NEW_WORDS = (events.ClientReplied, events.NoteAdded)
QUOTE = 1500


def tell_staff(case: Case, happened: Sequence[events.Event]) -> None:
    """One mail a person, about the last thing that concerns them; nobody hears of the own acts."""
    news: dict[int, list[events.Event]] = defaultdict(list)
    for event in happened:
        for person in _concerned(case, event):
            if person.id != event.actor_id and person.email and person.is_active:
                news[person.id].append(event)
    people = (catalog().staff[number] for number in news)
    for person in sorted(people, key=lambda each: each.email or ""):  # as others lock: no deadlock
        for event in reversed(news[person.id]):
            if _told(case, event, person):
                break


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


def _told(case: Case, event: events.Event, person: Staff) -> bool:
    """False when a brake held the mail back: then there may be older news that nothing holds."""
    address = person.email or ""
    refused = _is_braked(event) and not brakes.may_send(address, case)
    if not refused:
        _tell(case, event, person, address)
    if _is_of_rules(event):
        receipts = [*event.data.get("notices", ()), [address, brakes.TOO_MANY if refused else ""]]
        event.record.data = {**event.record.data, "notices": receipts}
    return not refused


def _is_of_rules(event: events.Event) -> bool:
    return bool(event.record.cause_rule_version_id or event.record.cause_counter_id)


def _is_braked(event: events.Event) -> bool:
    """A note of a rule or counter is a mail of theirs in other words; new work must be heard of."""
    return isinstance(event, events.NoteAdded) and _is_of_rules(event)


def _tell(case: Case, event: events.Event, person: Staff, address: str) -> None:
    with use_locale(person.locale, person.zone):
        letter = _letter(case, event)
        text, html = mails.rendered(letter)
        mail = outbox.Mail(
            recipient=address,
            subject=f"{letter.title}: {case.subject}",
            text=text,
            html=html,
            template=brakes.NOTICE if _is_braked(event) else "staff",
            to=person,
            case=case,
            event_id=event.id,
        )
    outbox.put(mail, dedupe=f"{event.id}:staff:{person.id}")


def _letter(case: Case, event: events.Event) -> Letter:
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
