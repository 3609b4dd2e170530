"""Values beside operators: read from a form, checked, told in a sentence."""

from typing import Any

import pytest

from desk.automation.draft import options_with
from desk.automation.fields import FIELDS
from desk.automation.operators import OPERATORS
from desk.automation.pieces import plain
from desk.automation.shapes import SHAPES
from desk.automation.types import Hours, IsoDate, Minutes, Number, PriorityType, Text, YesNo

SOUND: list[tuple[str, Any, dict[str, str], Any]] = [
    ("range", Number(), {"v.from": "1", "v.to": "2,5"}, {"from": 1, "to": 2.5}),
    ("range", PriorityType(), {"v.from": "2", "v.to": "2"}, {"from": 2, "to": 2}),
    (
        "range",
        IsoDate(),
        {"v.from": "2026-01-01", "v.to": "2026-02-01"},
        {"from": "2026-01-01", "to": "2026-02-01"},
    ),
    ("days", IsoDate(), {"v": "30"}, 30),
    ("pattern", Text(), {"v": r" заказ \d+ "}, r"заказ \d+"),
]
UNSOUND: list[tuple[str, Any, Any]] = [
    ("range", Number(), {"from": 2, "to": 1}),
    ("range", Number(), {"from": 2, "to": ""}),
    ("range", Number(), {"from": 2}),
    ("range", Number(), {"from": 1, "to": "2"}),
    ("range", Number(), [1, 2]),
    ("range", Number(), None),
    ("range", Number(), {"from": True, "to": 4}),
    ("days", IsoDate(), "скоро"),
    ("days", IsoDate(), -1),
    ("days", IsoDate(), True),
    ("days", IsoDate(), 10**6),
    ("pattern", Text(), 5),
    ("pattern", Text(), ""),
    ("pattern", Text(), "(a"),
]


@pytest.mark.parametrize(("shape", "kind", "form", "value"), SOUND)
def test_what_is_sound_is_read_as_written(
    shape: str, kind: Any, form: dict[str, str], value: Any
) -> None:
    texts = {name: [text] for name, text in form.items()}
    assert SHAPES[shape].read(texts, "v", kind) == value
    assert SHAPES[shape].problem(value, kind) == ""


@pytest.mark.parametrize(("shape", "kind", "value"), UNSOUND)
def test_what_is_not_sound_is_refused_in_words(shape: str, kind: Any, value: Any) -> None:
    assert SHAPES[shape].problem(value, kind)


@pytest.mark.parametrize(("shape", "kind", "value"), UNSOUND)
def test_what_is_not_sound_can_still_be_shown(shape: str, kind: Any, value: Any) -> None:
    assert SHAPES[shape].told(value, kind)


def test_sentences() -> None:
    hours = FIELDS["hours_since_status"]
    said = OPERATORS["between"].sentence(hours.name, {"from": 1, "to": 24}, hours.type)
    assert plain(said) == "Часов со смены статуса от 1 ч до 24 ч"
    said = OPERATORS["older_than"].sentence("Куплен", 2, IsoDate())
    assert plain(said) == "Куплен старше чем 2 дня"
    said = OPERATORS["matches"].sentence("Текст", r"\d", Text())
    assert plain(said) == r"Текст подходит под «\d»"


@pytest.mark.parametrize("kind", [Number(), Hours(), Minutes(), Text(), IsoDate()])
def test_what_is_written_is_no_choice(kind: Any) -> None:
    """Else the editor would draw a list with nothing but the value that stands there."""
    assert options_with(kind, 5) == []


def test_a_choice_that_is_gone_can_still_be_seen() -> None:
    assert "maybe" in dict(options_with(YesNo(), "maybe"))
