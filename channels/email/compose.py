"""An outbox item as an RFC 5322 message."""

from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

from channels.sending import Item, Refused
from core import clock

AUTOMATIC = "auto-generated"


class LongSubjects(EmailPolicy):
    """For SMTP. Python 3.11 loses a space where it breaks a long Russian subject; this does not."""

    def fold(self, name: str, value: str) -> str:
        return self._kept_whole(name, value) or str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._kept_whole(name, value).encode() or super().fold_binary(name, value)

    def _kept_whole(self, name: str, value: str) -> str:
        """Empty for what needs no such care."""
        if name != "Subject" or value.isascii():
            return ""
        words = Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"


POLICY = LongSubjects(linesep="\r\n")


def compose(item: Item) -> EmailMessage:
    """Headers that keep threads together and robots quiet (RFC 3834). Refused when impossible."""
    recipient, payload = address_of(item), item.payload
    message = EmailMessage(policy=POLICY)
    try:
        message["From"] = formataddr((item.sender_name, item.sender))
        message["To"] = recipient
        message["Subject"] = payload["subject"]
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = item.message_id
        message["Auto-Submitted"] = AUTOMATIC
        message["X-Auto-Response-Suppress"] = "All"
        if item.thread:
            message["References"] = message["In-Reply-To"] = item.thread
        for name, value in payload.get("headers", {}).items():
            del message[name]
            message[name] = value
        message.set_content(payload["text"])
        if payload.get("html"):
            message.add_alternative(payload["html"], subtype="html")
    except (ValueError, TypeError) as error:
        raise Refused(f"can't be written as a mail: {error}") from error
    return message


def address_of(item: Item) -> str:
    """Whom it is for; a domain in other letters as mail servers know it. Refused when none."""
    name, at, domain = item.recipient.rpartition("@")
    if not (name and at and domain):
        raise Refused(f"{item.recipient!r} is no address")
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Refused(f"{item.recipient!r} is no address: {error}") from error
