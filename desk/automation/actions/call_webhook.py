"""Tell another program: a signed POST, put into the outbox and sent after the commit."""

from core import outside, security
from core.i18n import N_, _
from desk import outbox, webhooks
from desk.automation import brakes
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.pieces import Sentence, filled
from desk.automation.placeholder import Reader, Scene
from desk.automation.templates import rendered
from desk.outbox import Mail


class CallWebhook(Action):
    key = "call_webhook"
    label = N_("Call another program")
    phrase = N_("call %(host)s")
    position = 115
    params = (
        Param("url", N_("Address"), "web_address"),
        Param("text", N_("Text sent along"), "line", has_placeholders=True),
    )
    leaves = True

    def sentence(self, stored: Stored) -> Sentence:
        host = str(stored.get("url", "")).partition("://")[2].partition("/")[0]
        return filled(_(self.phrase), host=host or "…")

    def goes_outside(self, stored: Stored) -> bool:
        return True

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        call = mail_of(stored, doing)
        if not brakes.may_send(call.recipient, doing.case, over_all=()):
            return ((call.subject, brakes.TOO_MANY),)
        outbox.put(call, dedupe=doing.key, channel=outbox.WEBHOOK)
        return ((call.subject, ""),)


def mail_of(stored: Stored, doing: Doing) -> Mail:
    """As the outbox keeps it: the text is the body that is sent."""
    address = outside.address_of(stored["url"], security.listed_hosts())
    scene = Scene(doing.case, doing.occurrence, Reader.PROGRAM)
    said = rendered(stored.get("text", ""), scene)
    event = doing.cause.event
    return Mail(
        recipient=stored["url"],
        subject=f"POST {address.netloc}",
        text=webhooks.body(doing.case, doing.occurrence.events, doing.cause, said),
        template=brakes.CALL,
        case=doing.case,
        event_id=event.id if event else None,
    )
