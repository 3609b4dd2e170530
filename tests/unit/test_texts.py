"""What may stand as a subject or a message."""

import pytest

from desk.errors import Invalid
from desk.texts import checked_subject, checked_text

UNSEEN = ["", "  ", "\u200b", " \u200b\u00a0\n", "\u2066\u2069", "\ufeff"]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_nobody_sees_is_nothing(text: str) -> None:
    for check in (checked_subject, checked_text):
        with pytest.raises(Invalid):
            check(text)


def test_marks_that_turn_the_order_around_leave_a_subject() -> None:
    assert checked_subject("مرحبا \u202egnp.exe\u202c") == "مرحبا gnp.exe"
    assert checked_subject("Семья 👨\u200d👩\u200d👧") == "Семья 👨\u200d👩\u200d👧"
