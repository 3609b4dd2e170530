"""Errors of programs in words, with what the program said."""

import pytest

from core.i18n import use_locale
from desk.faults import in_words


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            "gaierror: [Errno -2] Name or service not known",
            "имя сервера не найдено (gaierror: [Errno -2] Name or service not known)",
        ),
        ("TimeoutError: timed out", "сервер не ответил вовремя (TimeoutError: timed out)"),
        ("550 no such user: x", "550 no such user: x"),
        ("Whatever: is new", "Whatever: is new"),
        ("", ""),
    ],
)
def test_the_usual_ones_are_told_in_words(error: str, said: str) -> None:
    with use_locale("ru"):
        assert in_words(error) == said
