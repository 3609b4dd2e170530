"""Lines of plain mails: short ones are not wrapped, and look as if they were."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from desk.mails import WIDTH, broken, folded

LETTERS = "аб, -/\t\xa0\u2003\r\x0b\n"


@given(st.text(LETTERS, max_size=3 * WIDTH))
def test_folded_as_the_library_does(text: str) -> None:
    wrapper = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    assert folded(text) == "\n".join("\n".join(wrapper.wrap(line)) for line in text.split("\n"))


def test_what_is_broken_into_lines_is_escaped() -> None:
    assert broken("<b>\n&") == "&lt;b&gt;<br>&amp;"
