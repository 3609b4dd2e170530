"""What the engine does not understand of a regular expression, in words."""

from core.i18n import N_, _

# As RE2 begins what it says; after a colon stands the part that it means.
_KINDS = {
    "missing )": N_("a bracket ( is not closed: %(part)s"),
    "missing ]": N_("a bracket [ is not closed: %(part)s"),
    "unexpected )": N_("a bracket ) closes nothing: %(part)s"),
    "no argument for repetition operator": N_("nothing stands before %(part)s to be repeated"),
    "bad repetition operator": N_("two repetitions follow each other: %(part)s"),
    "trailing \\": N_("nothing follows the \\ at the end"),
    "invalid character class range": N_("there is no such range or kind of characters: %(part)s"),
    "invalid perl operator": N_("looking ahead and behind is not possible: %(part)s"),
    "invalid repetition size": N_("a number of repetitions is wrong or too large: %(part)s"),
    "invalid named capture group": N_("the name of a group is wrong: %(part)s"),
    "invalid escape sequence": N_("there is no such sign after \\: %(part)s"),
    "pattern too large": N_("the expression is too large"),
}


def in_words(reason: str) -> str:
    """As the engine said it where it is not known."""
    kind, _colon, part = reason.partition(": ")
    said = next((text for known, text in _KINDS.items() if kind.startswith(known)), None)
    return _(said) % {"part": part} if said else reason
