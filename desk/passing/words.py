"""What whoever passes work on writes along: why, and what was tried, found and is needed."""

from dataclasses import dataclass
from typing import TypedDict

from core.i18n import N_, _
from desk import settings
from desk.errors import Invalid
from desk.texts import is_seen, one_line

MOST_OF_REASON = 1000  # characters
MOST_OF_PART = 5000
PARTS = {
    "tried": N_("What was tried"),
    "found": N_("What was found"),
    "needed": N_("What is needed"),
}


class Parts(TypedDict, total=False):
    """The summary, for who gets the work."""

    tried: str
    found: str
    needed: str


@dataclass(frozen=True)
class Words:
    """As they are kept: the reason on one line, the parts with their lines."""

    reason: str = ""
    tried: str = ""
    found: str = ""
    needed: str = ""


def checked(reason: str, parts: Parts) -> Words:
    """Invalid at the first that is missing or too long. The company may want all parts."""
    why = checked_reason(reason)
    texts = {name: _checked_part(name, str(parts.get(name, ""))) for name in PARTS}
    return Words(why, **texts)


def _checked_part(name: str, text: str) -> str:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    part = _(PARTS[name])
    if not is_seen(text):
        if settings.get("passing_needs"):
            said = _("Fill in “%(part)s”: nobody shall have to ask again.", part=part)
            raise Invalid(said, name)
        return ""
    if len(text) > MOST_OF_PART:
        said = _("“%(part)s” is longer than %(n)s characters.", part=part, n=MOST_OF_PART)
        raise Invalid(said, name)
    return text


def checked_reason(reason: str) -> str:
    """Invalid when there is none."""
    line = one_line(reason)
    if not is_seen(line):
        raise Invalid(_("Write why: the colleague who gets it will read this."), "reason")
    if len(line) > MOST_OF_REASON:
        raise Invalid(_("The reason is longer than %(n)s characters.", n=MOST_OF_REASON), "reason")
    return line
