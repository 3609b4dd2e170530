"""What people may write as a subject or a message: checked, and put into one shape."""

from core.i18n import _
from desk.errors import Invalid

MAX_SUBJECT = 250
MAX_TEXT = 50_000


def checked_subject(subject: str) -> str:
    """One line, not empty. Invalid otherwise."""
    line = " ".join(subject.replace("\0", "").split())
    if not line:
        raise Invalid(_("Write what it is about."), "subject")
    if len(line) > MAX_SUBJECT:
        raise Invalid(_("The subject is longer than %(n)s characters.", n=MAX_SUBJECT), "subject")
    return line


def checked_text(text: str) -> str:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(_("Write a few words."), "text")
    if len(text) > MAX_TEXT:
        raise Invalid(_("The text is longer than %(n)s characters.", n=MAX_TEXT), "text")
    return text
