"""What a verb answers when it can't do as asked; the web layer makes pages of them."""


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
