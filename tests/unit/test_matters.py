"""Behind a comma a doing may be of another thing than the phrase names."""

from types import ModuleType

import pytest

from desk.automation.words import Words
from tests.unit import (
    comma_messages,
    held_out_eighth,
    held_out_seventh,
    held_out_sixth,
    plain_messages,
    trade_messages,
)
from tests.unit.test_clauses import says
from tests.unit.test_words import score


@pytest.mark.parametrize(
    ("phrase", "text", "is_about"),
    [
        ("сломался товар", "Сломался лифт, курьеру с товаром придётся пешком", False),
        ("сломался товар", "Товар привезли, сломался он сразу", True),
        ("сломался товар", "Сломался, к сожалению, товар", True),
        ("заменить карту", "Нам заменили счётчик, карту приложил", False),
        ("заменить карту", "Замените, пожалуйста, карту", True),
        ("заменить карту", "Замените, карта не читается", True),
        ("не работает терминал", "Продавец сегодня не работает, терминал в сейфе", False),
        ("не работает терминал", "Перезагрузили всё, терминал не работает", True),
        ("двойное списание", "Купил двойной тариф, когда списание?", False),
        ("lost parcel", "I lost my keys, leave the parcel", False),
        ("lost parcel", "You lost it, where is my parcel?", True),
        ("lost parcel", "Lost again, the parcel", True),
        ("wrong address", "Invoice 7: wrong size, the address is right", False),
    ],
)
def test_a_comma_parts_two_matters(phrase: str, text: str, is_about: bool) -> None:
    assert says(phrase, text) is is_about
    assert Words((phrase,), guard_negation=False).holds(text)


@pytest.mark.parametrize(
    ("language", "precision", "recall"), [("RUSSIAN", 0.9, 0.9), ("ENGLISH", 0.9, 0.95)]
)
def test_messages_with_commas(language: str, precision: float, recall: float) -> None:
    """0.56 of what was found was right in both languages before commas were looked at."""
    found = score(getattr(comma_messages, language))[:2]
    assert found[0] >= precision
    assert found[1] >= recall


@pytest.mark.parametrize(
    ("messages", "language", "precision", "recall"),
    [
        (held_out_sixth, "RUSSIAN", 0.95, 0.9),
        (held_out_sixth, "ENGLISH", 0.83, 0.95),
        (plain_messages, "RUSSIAN", 0.9, 0.86),
        (plain_messages, "ENGLISH", 0.94, 0.89),
        (held_out_seventh, "RUSSIAN", 1.0, 0.93),
        (held_out_seventh, "ENGLISH", 0.88, 1.0),
        (held_out_eighth, "RUSSIAN", 0.88, 0.9),
        (held_out_eighth, "ENGLISH", 0.91, 0.95),
        (trade_messages, "RUSSIAN", 0.94, 0.94),
        (trade_messages, "ENGLISH", 0.95, 0.95),
    ],
)
def test_messages_written_afterwards(
    messages: ModuleType, language: str, precision: float, recall: float
) -> None:
    found = score(getattr(messages, language))[:2]
    assert found[0] >= precision
    assert found[1] >= recall
