"""An outbox item as an RFC 5322 message."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from channels.sending import Item, Refused
from core import clock

AUTOMATIC = "auto-generated"


def compose(item: Item) -> EmailMessage:
    """Headers that keep threads together and robots quiet (RFC 3834). Refused when impossible."""
    if "@" not in item.recipient.strip("@"):
        raise Refused(f"{item.recipient!r} is no address")
    payload = item.payload
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = formataddr((item.sender_name, item.sender))
        message["To"] = item.recipient
        message["Subject"] = payload["subject"]
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = item.message_id
        message["Auto-Submitted"] = AUTOMATIC
        message["X-Auto-Response-Suppress"] = "All"
        if item.thread:
            message["References"] = message["In-Reply-To"] = item.thread
        for name, value in payload.get("headers", {}).items():
            message[name] = value
        message.set_content(payload["text"])
        if payload.get("html"):
            message.add_alternative(payload["html"], subtype="html")
    except (ValueError, TypeError) as error:
        raise Refused(f"can't be written as a mail: {error}") from error
    return message
