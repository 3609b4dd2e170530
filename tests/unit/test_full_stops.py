"""The words of a phrase stand in one sentence."""

import pytest

from desk.automation.word_index import WordIndex
from desk.automation.words import Words


@pytest.mark.parametrize(
    "text",
    [
        "Задержан рейс. Доставка пришла вовремя",
        "задержан рейс. доставка пришла вовремя",
        "«Задержан рейс.» Доставка пришла вовремя",
        "Доставка в порядке (спасибо.) Задержан рейс.",
        "Всё о задержке.\n\nДоставка в порядке",
    ],
)
def test_a_full_stop_parts_words(text: str) -> None:
    assert not Words(("задержка доставки",)).holds(text)
    assert not Words(("рейс доставка",), mode="phrase").holds(text)
    assert not Words(("рейс доставка",), mode="exact").holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Задержка заказа 512. доставки нет",
        "Задержка по ул. Доставки",
        "Задержка на сумму 300 руб. Доставка",
        "Задержка у И. Доставкина, доставка",
        "Задержка... доставки так и нет",
        "Задержка! Доставка опять не приехала",
        "Задержка? Доставка где",
        "Задержка v1.2.Доставка",
        "Задержка\nдоставки",
        "Задержка — доставка",
    ],
)
def test_other_dots_and_marks_do_not(text: str) -> None:
    assert Words(("задержка доставки",), guard_negation=False).holds(text)


def test_a_full_stop_is_seen_in_a_set_of_phrases_too() -> None:
    index = WordIndex([Words(("задержка доставки",)), Words(("рейс",))])
    assert index.which("Задержан рейс. Доставка пришла вовремя") == {1}
