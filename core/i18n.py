"""Two languages: messages from translations/<locale>/*.po, dates and numbers by Babel.

Msgids are English. Each area has its own .po file; they are merged and compiled on first use.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.messages import Catalog, mofile, pofile
from babel.support import Translations
from markupsafe import Markup

LOCALES = ("ru", "en")
DEFAULT_LOCALE = "ru"
DEFAULT_ZONE = "Europe/Moscow"
VALUES = "\n\x1f"  # stands in what is stored between a sentence and what fills it
FOLDER = Path(__file__).parent.parent / "translations"

_locale: ContextVar[str] = ContextVar("locale", default=DEFAULT_LOCALE)
_zone: ContextVar[str] = ContextVar("zone", default=DEFAULT_ZONE)


def locale() -> str:
    return _locale.get()


def zone() -> str:
    if not _zone.get():
        _zone.set(company_zone())
    return _zone.get()


def company_zone() -> str:
    """Of people who have none of their own."""
    return _company_zone()


def company_zone_is(asked: Callable[[], str]) -> None:
    """Say who knows it."""
    global _company_zone  # noqa: PLW0603 - said once, when the program starts
    _company_zone = asked


def _company_zone() -> str:
    return DEFAULT_ZONE


def set_locale(code: str, time_zone: str | None = None) -> None:
    """Choose for the rest of this request or thread; an unknown code is taken as the default.

    An empty zone is that of the company, asked for when a time is told.
    """
    _locale.set(code if code in LOCALES else DEFAULT_LOCALE)
    if time_zone is not None:
        _zone.set(time_zone)


@contextmanager
def use_locale(code: str, time_zone: str | None = None) -> Iterator[None]:
    """Choose for a while: a mail is written in its reader's language, whoever caused it."""
    before = _locale.get(), _zone.get()  # the zone of the company is not asked for by this
    set_locale(code, time_zone)
    try:
        yield
    finally:
        _locale.set(before[0])
        _zone.set(before[1])


def N_(message: str) -> str:  # noqa: N802 - the customary name of the marker
    """Mark a text for translation; it is translated where it is shown."""
    return message


class Said(str):
    """A sentence in the reader's language that can be said again in that of another."""

    __slots__ = ("message", "values")
    message: str
    values: dict[str, Any]


def _(message: str, **values: Any) -> str:
    text = gettext(message)
    said = Said(text % values if values else text)
    said.message, said.values = message, values
    return said


def kept(text: str) -> str:
    """What is stored of a sentence, to be said by `again` to whoever reads it."""
    if not isinstance(text, Said):
        return text
    return text.message + (VALUES + json.dumps(text.values, default=str) if text.values else "")


def again(stored: str) -> str:
    """The sentence of `kept` in the language of the moment; words of no language stay as they
    are."""
    message, _mark, values = stored.partition(VALUES)
    return _(message, **(json.loads(values) if values else {}))


def gettext(message: str) -> str:
    """For templates, which fill in the placeholders themselves."""
    return _translations(locale()).gettext(message) if message else ""


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """The form for n; `%(num)s` is n as people write it."""
    return plural_form(one, many, n) % {"num": format_number(n), "n": n, **values}


def plural_form(one: str, many: str, n: int) -> str:
    """The form for n with its placeholders still in it."""
    return _translations(locale()).ngettext(one, many, n)


def for_page(message: str, /, **values: Any) -> Markup:
    """`_` of the pages: the text is ours, thus safe; what is filled in is escaped."""
    text = _safe(message, _locale.get())
    return text % values if values else text


def plural_for_page(one: str, many: str, n: int, /, **values: Any) -> Markup:
    """`ngettext` of the pages; `%(num)s` is n."""
    return Markup(plural_form(one, many, n)) % {"num": n, **values}  # noqa: S704 - our own text


@lru_cache(maxsize=8192)
def _safe(message: str, code: str) -> Markup:
    """Kept: a page asks for some two hundred texts."""
    text = _translations(code).gettext(message) if message else ""
    return Markup(text if "%(" in text else text % {})  # noqa: S704 - our own text


@cache
def _translations(code: str) -> NullTranslations:
    if code == "en":
        return NullTranslations()
    try:
        with compiled(code).open("rb") as file:
            return Translations(file)
    except OSError:  # an installation whose program folder is read-only: for this process alone
        kept = BytesIO()
        mofile.write_mo(kept, merged(code, _sources(code)))
        kept.seek(0)
        return Translations(kept)


def _sources(code: str) -> list[Path]:
    return sorted((FOLDER / code).glob("*.po"))


def compiled(code: str) -> Path:
    """The .mo file of a locale, made anew when a .po file is younger."""
    sources = _sources(code)
    target = FOLDER / code / "messages.mo"
    youngest = max((source.stat().st_mtime for source in sources), default=0.0)
    if not target.exists() or target.stat().st_mtime < youngest:
        temporary = target.with_suffix(f".{id(sources)}.tmp")
        with temporary.open("wb") as file:
            mofile.write_mo(file, merged(code, sources))
        temporary.replace(target)
    return target


def merged(code: str, sources: list[Path]) -> Catalog:
    """One catalogue out of the areas. ValueError when two areas translate a text differently."""
    whole = Catalog(locale=code)
    for source in sources:
        with source.open("rb") as file:
            for message in pofile.read_po(file, locale=code):
                if message.id and message.string and not message.fuzzy:
                    known = whole.get(message.id, message.context)
                    if known and known.string != message.string:
                        raise ValueError(f"{source.name}: {message.id!r} is translated differently")
                    whole[message.id] = message
    return whole


def format_number(value: float) -> str:
    return numbers.format_decimal(value, locale=locale())


def format_datetime(at: datetime, style: str = "d MMM, HH:mm") -> str:
    """In the reader's zone and language; `style` is a CLDR pattern or short, medium, long."""
    return _formatted(at, style, zone(), locale())


@lru_cache(maxsize=8192)
def _formatted(at: datetime, style: str, time_zone: str, code: str) -> str:
    """Kept: a list shows the same moments again each time it is drawn."""
    return dates.format_datetime(at, style, tzinfo=ZoneInfo(time_zone), locale=_babel(code))


def format_date(at: datetime, style: str = "d MMMM y") -> str:
    return format_datetime(at, style)


def format_time(at: datetime) -> str:
    return format_datetime(at, "HH:mm")


@cache
def _babel(code: str) -> Locale:
    return Locale.parse(code)


def country_name(code: str) -> str:
    """Of an ISO 3166 code, also with a part of the country behind it ("DE-BY")."""
    state, _dash, part = code.partition("-")
    name = _babel(locale()).territories.get(state, state)
    return f"{name}, {part}" if part else name


def weekday_names(width: str = "wide") -> list[str]:
    """Monday first; `width` = wide | abbreviated."""
    names = dates.get_day_names(width, "stand-alone", locale=_babel(locale()))  # type: ignore[arg-type]
    return [names[day] for day in range(7)]
