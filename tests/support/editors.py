"""Editors of triggers, counters and calendars, which the server draws anew after each button."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from tests.support.client import Client, filled, parsed
from tests.support.reading import tag


def editor(soup: Tag) -> dict[str, Any]:
    """What a browser would send of it."""
    return filled(tag(soup, "form.ed"))


def press(browser: Client, values: dict[str, Any], command: str, of: str) -> BeautifulSoup:
    """A button that draws it anew; `of` = the address of the list."""
    answer = browser.post(f"{of}/draw", data={**values, "do": command})
    assert answer.status_code == 200, answer.status
    return parsed(answer)
