"""Write one of the product's own letters to the client; its text stands in /admin/letters."""

from core.i18n import N_, _, use_locale
from desk import mails, outbox
from desk.automation import brakes
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.pieces import Sentence, filled, quoted
from desk.automation.recipients import NO_ADDRESS, Recipient, recipients
from desk.automation.types import Words
from desk.letters import drawing, stored
from desk.letters.kind import Given
from desk.letters.to_clients import SENT_BY_TRIGGERS
from desk.outbox import Mail

SWITCHED_OFF = N_("this letter is switched off")


class SendLetter(Action):
    key = "send_letter"
    label = N_("Send a letter to the client")
    phrase = N_("letter to the client %(letter)s")
    position = 105
    params = (
        Param(
            "letter",
            N_("Letter"),
            "one",
            Words("letter", {key: kind.label for key, kind in SENT_BY_TRIGGERS.items()}),
        ),
    )
    leaves = True

    def sentence(self, asked: Stored) -> Sentence:
        kind = SENT_BY_TRIGGERS.get(str(asked.get("letter")))
        return filled(_(self.phrase), letter=quoted(_(kind.label) if kind else "…"))

    def run(self, asked: Stored, doing: Doing) -> Receipts:
        return tuple(
            (one.address, self._to(one, asked, doing))
            for one in recipients("client", "", doing.case)
        ) or (("", NO_ADDRESS),)

    def _to(self, person: Recipient, asked: Stored, doing: Doing) -> str:
        if stored.is_off(asked["letter"]):
            return SWITCHED_OFF
        refusal = brakes.refusal(person.address, doing.case, doing.occurrence)
        if not refusal:
            dedupe = f"{doing.key}:{person.address}"
            outbox.put(letter(person, asked, doing), dedupe=dedupe)
        return refusal


def letter(person: Recipient, asked: Stored, doing: Doing, *, keeps: bool = True) -> Mail:
    """The mail in the client's language; `keeps` as desk.letters.drawing says."""
    kind = SENT_BY_TRIGGERS[asked["letter"]]
    given = Given(doing.case, doing.occurrence)
    with use_locale(person.locale, person.zone):
        drawn = drawing.drawn(kind, given, keeps=keeps)
        text, html = mails.rendered(kind.letter(drawn, given))
    event = doing.cause.event
    return Mail(
        recipient=person.address,
        subject=drawn.subject,
        text=text,
        html=html,
        template=brakes.TEMPLATE,
        headers={"Auto-Submitted": "auto-generated"},
        to=person.participant,
        case=doing.case,
        event_id=event.id if event else None,
    )
