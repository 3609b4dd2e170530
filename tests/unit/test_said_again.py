"""What is stored of a sentence is said again in the language of who reads it."""

import pytest

from core.i18n import _, again, kept, use_locale
from desk import errors
from desk.errors import Invalid


def test_a_sentence_is_said_in_another_language() -> None:
    with use_locale("ru"):
        stored = errors.kept(Invalid(_("A ticket has at most %(n)s tags.", n=40), "tags"))
        assert (
            again(stored)
            == _("A ticket has at most %(n)s tags.", n=40)
            == "У обращения не больше 40 меток."
        )
    with use_locale("en"):
        assert again(stored) == "A ticket has at most 40 tags."


@pytest.mark.parametrize("text", ["", "KeyError: 'x'", "100 % of nothing", "%(n)s"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert again(kept(text)) == text


def test_values_of_people_are_not_taken_for_a_pattern() -> None:
    with use_locale("en"):
        stored = kept(_("The file %(name)s is empty.", name="%(n)s\x1f{}"))
        assert again(stored) == "The file %(n)s\x1f{} is empty."


def test_an_error_of_the_program_is_named() -> None:
    assert errors.kept(ValueError("тема сломана")) == "ValueError: тема сломана"
