"""Empties the outbox: claim a batch, send each, keep the receipt. No rules."""

from channels.console.send import ConsoleSender
from channels.email.send import SmtpSender
from channels.sending import Item, Refused, Sender, TryLater
from channels.webhook.send import WebhookSender
from core import bus
from core.config import Config
from core.failpoints import failpoint
from desk import outbox

BATCH = 20


def deliver_due(config: Config, limit: int = BATCH) -> int:
    """Send what is due; how many items were handled. Safe in any number of processes."""
    with bus.unit_of_work():
        claimed = outbox.claim(limit)
    if not claimed:
        return 0
    senders = _senders(config)
    with bus.unit_of_work(writes=False):
        channels = outbox.channels_of(claimed)
    try:
        for channel, sender in senders.items():
            for number in channels.get(channel, ()):
                _deliver(number, sender, config)
    finally:
        for sender in senders.values():
            sender.close()
    return len(claimed)


def _senders(config: Config) -> dict[str, Sender]:
    """By channel. Calls of other programs come last: they may be slow, and people wait for mail."""
    mail: Sender = SmtpSender(config.smtp_url) if config.smtp_url else ConsoleSender()
    return {outbox.EMAIL: mail, outbox.WEBHOOK: WebhookSender(config)}


def _deliver(number: int, sender: Sender, config: Config) -> None:
    with bus.unit_of_work(writes=False):
        item = _copy(number, config)
    failpoint("outbox.before_send")
    try:
        receipt = sender.send(item)
    except TryLater as error:
        with bus.unit_of_work():
            outbox.defer(number, str(error))
    except Refused as error:
        with bus.unit_of_work():
            outbox.fail(number, str(error))
    else:
        failpoint("outbox.after_send")
        with bus.unit_of_work():
            outbox.mark_sent(number, receipt)


def _copy(number: int, config: Config) -> Item:
    row = outbox.get(number)
    return Item(
        id=row.id,
        recipient=row.recipient,
        message_id=row.message_id,
        payload=row.payload,
        sender=outbox.sender_address(row) or config.mail_from,
        sender_name=outbox.sender_name(row),
        thread=outbox.thread_id(row),
    )
