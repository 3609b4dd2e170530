"""Time zones to choose from; each can be found by its name and by the name of its place."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from wtforms.fields import Field
from wtforms.validators import ValidationError

from core.i18n import _, locale


@cache
def zones() -> list[str]:
    """The names of places, and UTC."""
    places = (name for name in available_timezones() if "/" in name)
    kept = (name for name in places if not name.startswith(("Etc/", "SystemV/", "US/")))
    return [*sorted(kept), "UTC"]


def named_zones() -> list[tuple[str, str]]:
    """(zone, its place in the reader's language)."""
    return _named(locale())


@cache
def _named(language: str) -> list[tuple[str, str]]:
    return [(name, _place(name, language)) for name in zones()]


def _place(name: str, language: str) -> str:
    return get_timezone_location(ZoneInfo(name), locale=language, return_city=True)


def check_zone(field: Field) -> None:
    if field.data not in zones():
        raise ValidationError(_("There is no such time zone. Choose one from the list."))
