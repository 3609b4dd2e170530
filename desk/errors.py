"""What a verb answers when it can't do as asked; the web layer makes pages of them."""

from core import i18n

MOST_KEPT = 500


class DeskError(Exception):
    """Base; `str(error)` is a sentence for people, already translated."""


class NotFound(DeskError):
    """There is no such thing, or this person may not know that there is."""


class Forbidden(DeskError):
    """The person sees the thing but may not do this to it."""


class Invalid(DeskError):
    """The input can't be taken; `field` names the form field when there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Stale(DeskError):
    """Somebody changed the thing meanwhile; nothing was done."""


class TooMany(DeskError):
    """Tried too often; `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def kept(error: Exception) -> str:
    """An error in a line, to be stored. What a verb refuses is told in words, by `i18n.again` in
    the reader's language."""
    if isinstance(error, DeskError):
        return i18n.kept(error.args[0]) if error.args else ""
    return f"{type(error).__name__}: {error}"[:MOST_KEPT]
