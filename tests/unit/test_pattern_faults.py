"""What is wrong with a regular expression, in the words of the reader."""

import pytest

from core.i18n import use_locale
from desk.automation.pattern_faults import in_words
from desk.automation.patterns import Pattern

WRONG = {
    "(а": "не закрыта скобка (",
    "а)": "скобка ) ничего не закрывает",
    "[а": "не закрыта скобка [",
    "*а": "нечего повторять",
    "а**": "два повторения подряд",
    "[я-а]": "нет такого диапазона",
    "(?=а)": "заглядывать вперёд и назад нельзя",
    "(?<!а)б": "заглядывать вперёд и назад нельзя",
    "а{1001}": "число повторений неверно",
    "(?P<n": "имя группы неверно",
    r"\p{Foo}": "нет такого диапазона",
    r"\1": "такого знака не бывает",
    "а\\": "в конце ничего нет",
    "(а{900}б){1,900}": "слишком велик",
}


@pytest.mark.parametrize(("written", "said"), WRONG.items())
def test_is_told_in_words(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=".") as caught, use_locale("ru"):
        Pattern(written)
    with use_locale("ru"):
        assert said in in_words(str(caught.value))


def test_what_is_not_known_stays_as_it_is() -> None:
    assert in_words("the moon is full") == "the moon is full"
