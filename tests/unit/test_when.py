"""Times as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import Frozen
from core.i18n import use_locale
from core.when import age, duration, full_moment, left, moment, spent, worked, working

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # 9:00 in Moscow, as the clock fixture has it


@pytest.mark.parametrize(
    ("ago", "russian", "english"),
    [
        (timedelta(minutes=20), "08:40", "08:40"),
        (timedelta(hours=8), "01:00", "01:00"),
        (timedelta(hours=10), "вчера", "yesterday"),
        (timedelta(days=40), "21 янв.", "21 Jan"),
        (timedelta(days=400), "26 янв. 2025", "26 Jan 2025"),
    ],
)
def test_moments(ago: timedelta, russian: str, english: str) -> None:
    said = {}
    for locale in ("ru", "en"):
        with use_locale(locale):
            said[locale] = moment(NOW - ago)
    assert said == {"ru": russian, "en": english}


@pytest.mark.parametrize(
    ("seconds", "long", "short"),
    [
        (0, "0 мин", "0 м"),
        (59, "0 мин", "0 м"),
        (-59, "0 мин", "0 м"),
        (-60, "−1 мин", "−1 м"),
        (2 * 3600 + 43 * 60, "2 ч 43 мин", "2 ч 43 м"),
        (2 * 3600, "2 ч", "2 ч"),
        (3 * 86400 + 4 * 3600 + 59 * 60, "3 д 4 ч", "3 д 4 ч"),
        (86400 + 5 * 60, "1 д", "1 д"),
    ],
)
def test_durations(seconds: int, long: str, short: str) -> None:
    with use_locale("ru"):
        said = duration(seconds), duration(seconds, short=True)
    assert tuple(text.replace("\u00a0", " ") for text in said) == (long, short)


def test_nothing_takes_no_time() -> None:
    with use_locale("ru"):
        assert [spent(seconds) for seconds in (0, 59.9, -30)] == ["меньше минуты"] * 3
        assert spent(60) == "1\u00a0мин"
    with use_locale("en"):
        assert spent(5) == "less than a minute"


def test_a_number_never_parts_from_its_unit() -> None:
    with use_locale("ru"):
        assert duration(7200 + 60) == "2\u00a0ч 1\u00a0мин"


def test_ages(clock: Frozen) -> None:
    with use_locale("ru"):
        assert [age(NOW - timedelta(minutes=m)) for m in (0, 20, 200, 3000)] == [
            "сейчас",
            "20\u00a0м",
            "3\u00a0ч",
            "28 февр.",
        ]
        assert full_moment(NOW) == "2 марта 2026, 09:00"


@pytest.mark.parametrize(
    ("seconds", "ru", "en"),
    [
        (27 * 3600, "27 ч", "27 h"),
        (48 * 3600 + 300, "48 ч 5 мин", "48 h 5 min"),
        (-24 * 3600, "−24 ч", "−24 h"),
        (1_000 * 3600, "1000 ч", "1000 h"),
        (59, "0 мин", "0 min"),
    ],
)
def test_working_time_has_no_days(seconds: int, ru: str, en: str) -> None:
    for language, text in (("ru", ru), ("en", en)):
        with use_locale(language):
            assert working(seconds).replace("\u00a0", " ") == text
    with use_locale("en"):
        assert worked(59) == "less than a minute"
        assert worked(27 * 3600) == "27\u00a0h"


def test_what_is_left_has_a_minus_from_the_first_second_past_it() -> None:
    with use_locale("en"):
        said = [left(seconds).replace("\u00a0", " ") for seconds in (61, 1, 0, -1, -59, -60)]
    assert said == [
        "2 min",
        "1 min",
        "less than a minute",
        "−less than a minute",
        "−less than a minute",
        "−1 min",
    ]
