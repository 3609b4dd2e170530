"""Working hours of a day as people write them: 09:00–13:00, 14:00–18:00."""

import re
from collections.abc import Sequence

from core.i18n import _
from desk.errors import Invalid

DAY_OFF = ("", "-", "–", "—")
MAX_WINDOWS = 12
DAY = 24 * 60  # minutes
_MOMENT = r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?"
_WINDOW = re.compile(rf"{_MOMENT}\s*[-–—]\s*{_MOMENT}")

Hours = list[list[str]]


def read_hours(text: str) -> Hours:
    """[["09:00", "13:00"], ...] in order; empty for a day off. Invalid when it is not clear."""
    text = text.strip()
    if text in DAY_OFF:
        return []
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) > MAX_WINDOWS:
        raise Invalid(_("At most %(n)s stretches a day.", n=MAX_WINDOWS))
    windows = sorted(_window(part) for part in parts or [text])
    for (_start, end), (start, _end) in zip(windows, windows[1:], strict=False):
        if start < end:
            raise Invalid(_("The hours overlap."))
    return [[_clock(start), _clock(end)] for start, end in windows]


def show_hours(windows: Sequence[Sequence[str]]) -> str:
    """As `read_hours` reads them; empty for a day off."""
    return ", ".join("–".join(window) for window in windows)


def _window(text: str) -> tuple[int, int]:
    found = _WINDOW.fullmatch(text)
    if found is None:
        told = {"text": text[:40], "example": "09:00–13:00, 14:00–18:00"}
        raise Invalid(_("“%(text)s” is not clear. Example: %(example)s", **told))
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if max(start, end) > DAY:
        raise Invalid(_("“%(text)s”: a day has 24 hours.", text=text))
    if start == end:
        raise Invalid(_("“%(text)s” ends when it begins.", text=text))
    if start > end:
        raise Invalid(
            _(
                "“%(text)s” ends before it begins. Write a night as two days: %(late)s–24:00 and"
                " on the next one 00:00–%(early)s.",
                text=text,
                late=_clock(start),
                early=_clock(end),
            )
        )
    return start, end


def _minute(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
