"""Public holidays of a country: days off with their names, and weekend days that are worked."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple


class Holidays(NamedTuple):
    """One year of a country: names of the days off, and weekend days worked in exchange."""

    off: Mapping[date, str]
    worked: frozenset[date]


@lru_cache(maxsize=256)
def holidays_of(country: str, year: int, language: str = "en") -> Holidays:
    """Transferred days included. `country` is ISO 3166: "RU", or "DE-BY" for a part of it.

    Names fall back to English, then to the country's own language. ValueError for a country
    that is not known.
    """
    # Slow to import and not needed by a desk without a holiday calendar.
    from holidays import country_holidays

    state, _, part = country.partition("-")
    try:
        spoken = country_holidays(state, subdiv=part or None)
    except NotImplementedError as error:
        raise ValueError(f"no holidays are known for {country!r}") from error
    known = spoken.supported_languages
    wanted = (name for code in (language, "en") for name in known if name.startswith(code))
    year_of = country_holidays(
        state, subdiv=part or None, years=year, language=next(wanted, spoken.default_language)
    )
    off = {day: name for day, name in year_of.items() if day.year == year}
    return Holidays(off, frozenset(year_of.weekend_workdays))
