"""Times as people say them: 9:41, yesterday, 2 Nov; 2 h 10 min, or short for lists: 20 m."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core import clock
from core.i18n import _, format_date, format_datetime, format_time, locale, zone

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds
ENDLESS = DAY * 366_000  # a day that no amount of hours fills
NO_BREAK = "\u00a0"


def moment(at: datetime) -> str:
    """Short, in the reader's zone: 9:41 today, yesterday, 2 Nov, 2 Nov 2025."""
    here = ZoneInfo(zone())
    day, today = at.astimezone(here).date(), clock.now().astimezone(here).date()
    if day == today:
        return format_time(at)
    if day == today - timedelta(days=1):
        return _("yesterday")
    return format_date(at, "d MMM" if day.year == today.year else "d MMM y")


def full_moment(at: datetime) -> str:
    return format_datetime(at, "d MMMM y, HH:mm")


def age(at: datetime) -> str:
    """How long ago, short: just now, 20 m, 3 h; older than a day as a moment."""
    seconds = (clock.now() - at).total_seconds()
    if seconds < MINUTE:
        return _("just now")
    return duration(seconds, units=1, short=True) if seconds < DAY else moment(at)


def duration(seconds: float, units: int = 2, *, short: bool = False) -> str:
    """The largest `units` of days, hours and minutes; a negative one has a minus in front."""
    return _signed(seconds, _amount(abs(int(seconds)) // MINUTE, units, short, DAY, locale()))


def working(seconds: float) -> str:
    """Working time, in hours and minutes: a working day has no fixed length."""
    return _signed(seconds, _amount(abs(int(seconds)) // MINUTE, 2, False, ENDLESS, locale()))


def left(seconds: float) -> str:
    """Working time up to a limit, rounded up, as what counted is rounded down: both together are
    the limit. Past it rounded down, with a minus."""
    if -MINUTE < seconds <= 0:
        text = _("less than a minute").replace(" ", NO_BREAK)
        return f"−{text}" if seconds < 0 else text
    return working(-(-seconds // MINUTE) * MINUTE if seconds > 0 else seconds)


def _signed(seconds: float, text: str) -> str:
    return f"−{text}" if seconds <= -MINUTE else text


@lru_cache(maxsize=8192)
def _amount(minutes: int, units: int, short: bool, day: int, _language: str) -> str:
    """Kept: a list says the same amounts again each time it is drawn. `day` = its seconds."""
    whole = minutes * MINUTE
    amounts = (whole // day, whole % day // HOUR, whole % HOUR // MINUTE)
    last = _("%(n)s m", n=amounts[2]) if short else _("%(n)s min", n=amounts[2])
    words = (_("%(n)s d", n=amounts[0]), _("%(n)s h", n=amounts[1]), last)
    first = next((place for place, amount in enumerate(amounts) if amount), len(amounts) - 1)
    said = [
        word.replace(" ", NO_BREAK)
        for place, (word, amount) in enumerate(zip(words, amounts, strict=True))
        if first <= place < first + units and (amount or place == first)
    ]
    return " ".join(said)


def spent(seconds: float) -> str:
    """A duration inside a sentence: nothing ever took 0 minutes."""
    return duration(seconds) if abs(seconds) >= MINUTE else _("less than a minute")


def worked(seconds: float) -> str:
    """Working time inside a sentence."""
    return working(seconds) if abs(seconds) >= MINUTE else _("less than a minute")


def lateness(seconds: float) -> str:
    """To the second, as long as seconds matter: 7 s, 2 min 5 s; from an hour on without them."""
    whole = int(seconds)
    if whole >= HOUR:
        return duration(whole)
    said = [duration(whole)] if whole >= MINUTE else []
    if whole % MINUTE or not said:
        said.append(_("%(n)s s", n=whole % MINUTE).replace(" ", NO_BREAK))
    return " ".join(said)


def stamp(at: datetime, time: str = "HH:mm") -> str:
    """Day and time, in the reader's zone: 9:41 today, 2 Nov, 9:41, 2 Nov 2025, 9:41."""
    here = ZoneInfo(zone())
    day, today = at.astimezone(here).date(), clock.now().astimezone(here).date()
    if day == today:
        return format_datetime(at, time)
    return format_datetime(at, f"d MMM, {time}" if day.year == today.year else f"d MMM y, {time}")


def exact(at: datetime) -> str:
    """As `stamp`, to the second."""
    return stamp(at, "HH:mm:ss")


def own_time(at: datetime, pattern: str) -> str:
    """In the reader's zone, as fields of forms take it."""
    return at.astimezone(ZoneInfo(zone())).strftime(pattern)
