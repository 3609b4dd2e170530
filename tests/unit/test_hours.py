"""Working hours as people write them."""

import pytest

from core.i18n import use_locale
from desk.errors import Invalid
from desk.hours import read_hours, show_hours

DAY = [["09:00", "13:00"], ["14:00", "18:00"]]


@pytest.mark.parametrize(
    "text",
    [
        "09:00–13:00, 14:00–18:00",
        "9-13,14-18",
        " 14.00 - 18.00 ; 9:00—13:00 ",
    ],
)
def test_many_ways_to_write_the_same(text: str) -> None:
    assert read_hours(text) == DAY


def test_what_is_shown_can_be_read() -> None:
    assert show_hours(DAY) == "09:00–13:00, 14:00–18:00"
    assert read_hours(show_hours(DAY)) == DAY
    assert read_hours("0-24") == [["00:00", "24:00"]]


@pytest.mark.parametrize("text", ["", "  ", "-", "—"])
def test_a_day_off(text: str) -> None:
    assert read_hours(text) == []
    assert show_hours([]) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("с девяти", "is not clear"),
        ("9:75-10", "is not clear"),
        ("٩-١٨", "is not clear"),
        ("9-13-18", "is not clear"),
        ("22-06", "22:00–24:00 and on the next one 00:00–06:00"),
        ("9-9", "ends when it begins"),
        ("9-25", "a day has 24 hours"),
        ("9-12, 11-13", "overlap"),
        (",".join(["9-10"] * 13), "At most 12"),
        (", ;", "is not clear"),
    ],
)
def test_what_is_not_clear_is_said(text: str, said: str) -> None:
    with use_locale("en"), pytest.raises(Invalid, match=said):
        read_hours(text)
