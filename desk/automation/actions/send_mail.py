"""Write a mail to the client, to colleagues, or to any address."""

from core.i18n import N_, _, use_locale
from desk import mails, outbox
from desk.automation import brakes
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.pieces import Sentence, filled, quoted
from desk.automation.placeholder import Reader, Scene
from desk.automation.recipients import Recipient, colleague_at, recipients, why_nobody
from desk.automation.shapes.texts import in_language, short
from desk.automation.templates import rendered
from desk.automation.types import Words
from desk.outbox import Mail

TO = {
    "client": N_("the client"),
    "assignee": N_("the assignee"),
    "group": N_("everybody in the group"),
    "head": N_("the head of the group"),
    "address": N_("an address"),
}


class SendMail(Action):
    key = "send_mail"
    label = N_("Send a mail")
    phrase = N_("mail to %(to)s %(subject)s")
    position = 110
    params = (
        Param("to", N_("To whom"), "one", Words("to", TO)),
        Param("address", N_("Address"), "address", only_if=("to", "address")),
        Param("subject", N_("Subject"), "line_in_both", has_placeholders=True),
        Param("text", N_("Text"), "area_in_both", has_placeholders=True),
    )
    leaves = True

    def sentence(self, stored: Stored) -> Sentence:
        if stored.get("to") != "address":
            return super().sentence(stored)
        subject = quoted(short(in_language(stored.get("subject"))))
        return filled(_("mail to %(to)s %(subject)s"), to=stored["address"], subject=subject)

    def goes_outside(self, stored: Stored) -> bool:
        if stored.get("to") == "address":
            return colleague_at(stored.get("address", "")) is None
        return stored.get("to") == "client"

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        found = recipients(stored["to"], stored.get("address", ""), doing.case)
        if not found:
            return (("", why_nobody(stored["to"], doing.case)),)
        ordered = sorted(found, key=lambda one: one.address)  # as others lock: no deadlock
        return tuple((one.address, self._to(one, stored, doing)) for one in ordered)

    def _to(self, person: Recipient, stored: Stored, doing: Doing) -> str:
        refusal = brakes.refusal(person.address, doing.case, doing.occurrence)
        if not refusal:
            outbox.put(letter(person, stored, doing), dedupe=f"{doing.key}:{person.address}")
        return refusal


def letter(person: Recipient, stored: Stored, doing: Doing) -> Mail:
    """The mail as this reader gets it, in the reader's language."""
    case = doing.case
    with use_locale(person.locale, person.zone):
        scene = Scene(case, doing.occurrence, person.reader)
        subject = rendered(in_language(stored["subject"], person.locale), scene)
        body = rendered(in_language(stored["text"], person.locale), scene)
        text, html = mails.wrap(
            body,
            title=subject,
            case=case,
            to_client=person.reader is Reader.CLIENT,
            has_link=person.reader is not Reader.STRANGER,
        )
    event = doing.cause.event
    return Mail(
        recipient=person.address,
        subject=subject,
        text=text,
        html=html,
        template=brakes.TEMPLATE,
        headers={"Auto-Submitted": "auto-generated"},
        to=person.participant,
        case=case,
        event_id=event.id if event else None,
    )
