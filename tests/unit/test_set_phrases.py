"""A word says nothing of its own in a set phrase, unless the phrase that is looked for has it."""

import pytest

from desk.automation.words import Words


@pytest.mark.parametrize(
    ("phrase", "text", "is_about"),
    [
        ("нет связи", "В связи с переездом у нас нет склада", False),
        ("нет связи", "Связи нет с утра, в связи с чем?", True),
        ("очередь доставки", "Доставьте в первую очередь заказ 7", False),
        ("в первую очередь доставить", "Доставьте в первую очередь заказ 7", True),
        ("ошибка счета", "Ошибка в счёт октября", False),
        ("cancel order", "In order to cancel the newsletter, where do I click?", False),
        ("cancel order", "In order to cancel the order, where do I click?", True),
        ("late delivery", "Is it too late to change the delivery address?", False),
        ("late delivery", "The delivery was too late", True),
    ],
)
def test_set_phrases(phrase: str, text: str, is_about: bool) -> None:
    assert Words((phrase,)).holds(text) is is_about


def test_whoever_wants_none_of_it() -> None:
    text = "In order to cancel the newsletter, where do I click?"
    assert Words(("cancel order",), guard_negation=False).holds(text)
    assert Words(("in order to",), "phrase").holds(text)
    assert Words(("in order to",)).holds(text)
