"""Mails that the product itself writes: answers to the client, new work and new words to the staff.

Written at the end of a unit of work, when rules have had their say: whoever is the assignee then
gets one mail, however often the ticket changed hands on the way.
"""

from collections import defaultdict
from collections.abc import Sequence

from core import bus
from core.db import db
from core.i18n import _, use_locale
from desk import events, mails, outbox
from desk.catalog import catalog
from desk.mails import Letter
from desk.staff_notices import tell_staff
from models import Case, Message, Ticket


@bus.at_end(stage=40)
def write_notices(happened: Sequence[events.Event]) -> None:
    by_case: dict[int, list[events.Event]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
    for number, its in by_case.items():
        case = db.session.get_one(Case, number)
        for event in its:
            if isinstance(event, events.AgentReplied) and isinstance(case, Ticket):
                _answer_client(case, event)
        tell_staff(case, its)


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


def _subject(case: Case) -> str:
    return f"{case.subject} [#{case.number}]"
