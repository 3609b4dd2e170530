"""Texts of messages as HTML: escaped, and links where jinja2 would make them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.utils import urlize

from blueprints.agent.marks import _with_links, paragraphs, sends

PIECES = [
    *("http://a.ru/b?c=1&d=2", "HTTPS://A.RU", "www.a.ru", "a.com", "shop.info,", "x@y.ru"),
    *(
        "mailto:x@y.ru",
        "(https://a.ru)",
        "<b>",
        "&",
        "1.2.3.4",
        "http://1.2.3.4:80/",
        "a.ru",
        "да.",
    ),
    *("A.ORG", ".com", "WWW.A.RU", "http://localhost", "https://[::1]/", "a.mil/x", "слово", "\t"),
]


def as_before(line: str) -> str:
    return urlize(line, rel="noopener noreferrer nofollow", target="_blank")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=6))
def test_links_are_those_of_urlize(pieces: list[str]) -> None:
    for joined in (" ", ""):
        line = joined.join(pieces)
        assert _with_links(line) == as_before(line)


def test_paragraphs() -> None:
    shown = paragraphs("Смотрите <i>\nhttps://a.ru\n\nСпасибо & до связи")
    assert shown.startswith("<p>Смотрите &lt;i&gt;<br><a href=")
    assert shown.endswith("<p>Спасибо &amp; до связи</p>")


@pytest.mark.parametrize("url", ['/a?b="><script>', "/agent/t/1001/status?view=all&q=x"])
def test_the_address_of_a_form_is_escaped(url: str) -> None:
    assert "<" not in sends(url)
    assert sends(url).count('"') == 8
