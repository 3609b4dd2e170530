"""Public holidays: Russia's transfers and working Saturdays, names by language."""

from datetime import date

import pytest

from desk.holidays_of import holidays_of


def test_russia_has_its_transferred_days_off() -> None:
    off = holidays_of("RU", 2026).off
    assert off[date(2026, 5, 9)] == "Victory Day"
    assert date(2026, 1, 9) in off
    assert date(2026, 12, 31) in off


def test_russia_works_on_the_saturday_that_was_exchanged() -> None:
    assert holidays_of("RU", 2025).worked == {date(2025, 11, 1)}
    assert date(2025, 11, 3) in holidays_of("RU", 2025).off


def test_names_come_in_the_language_of_the_reader() -> None:
    assert holidays_of("RU", 2026, "ru").off[date(2026, 5, 9)] == "День Победы"


def test_a_country_without_that_language_falls_back_to_english() -> None:
    assert holidays_of("DE", 2026, "ru").off[date(2026, 10, 3)] == "German Unity Day"


def test_a_part_of_a_country_has_its_own_days() -> None:
    epiphany = date(2026, 1, 6)
    assert epiphany in holidays_of("DE-BY", 2026).off
    assert epiphany not in holidays_of("DE", 2026).off


@pytest.mark.parametrize("country", ["XX", "DE-XX", "", "Россия", "ru; drop"])
def test_an_unknown_country_is_named(country: str) -> None:
    with pytest.raises(ValueError, match="no holidays are known for"):
        holidays_of(country, 2026)
