"""What people may write as a subject or a message: checked, and put into one shape."""

import unicodedata

from core.i18n import _
from desk.errors import Invalid

# NUL, and marks that turn the order of letters around for whatever stands behind them
_TURNING = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
MAX_SUBJECT = 250
MAX_TEXT = 50_000


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, else as Windows writes it in Russian."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def one_line(text: str) -> str:
    """Without breaks of lines, white space around, and marks that turn letters around."""
    return " ".join(text.translate(_TURNING).split())


def checked_subject(subject: str) -> str:
    """One line, not empty. Invalid otherwise."""
    line = one_line(subject)
    if not is_seen(line):
        raise Invalid(_("Write what it is about."), "subject")
    if len(line) > MAX_SUBJECT:
        raise Invalid(_("The subject is longer than %(n)s characters.", n=MAX_SUBJECT), "subject")
    return line


def checked_text(text: str, *, has_files: bool = False) -> str:
    """Invalid when there is nothing to read; files need no words."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not is_seen(text):
        if has_files:
            return ""
        raise Invalid(_("Write a few words."), "text")
    if len(text) > MAX_TEXT:
        raise Invalid(_("The text is longer than %(n)s characters.", n=MAX_TEXT), "text")
    return text


def is_seen(text: str) -> bool:
    """Whether there is anything but spaces and marks that have no shape."""
    return any(not one.isspace() and unicodedata.category(one) != "Cf" for one in text)
