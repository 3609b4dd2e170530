"""Chromium through Playwright: one browser a worker, one fresh context a test."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.support.chromium import ARGUMENTS, MISSING, find_chromium

# Said of each answer of 400 and above, and of a request that a newer one or a new page ended.
NO_ALARM = (
    "Failed to load resource",
    "Response Status Error Code",
    "htmx:sendAbort",
    "htmx:afterRequest",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = find_chromium()
    if program is None:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright  # 0.3 s that only browser tests pay

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, live_server: Any) -> Iterator[Any]:
    """A page of `live_server`, in Russian. Any error that it says in the console fails the test."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="ru-RU",
        timezone_id="Europe/Moscow",
        viewport={"width": 1280, "height": 800},
    )
    context.set_default_timeout(10_000)  # only a failure waits so long; the machine may be busy
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda said: _note_alarm(wrong, said))
    page = context.new_page()
    page.alarms = wrong  # a test that provokes one clears it
    yield page
    for each in context.pages:
        _leave(each)
    context.close()
    assert not wrong, f"the page complained: {wrong}"


def _leave(page: Any) -> None:
    """Wherever it is on its way to: Chromium never ends a context whose page is still leaving."""
    from playwright.sync_api import Error

    for _try in range(3):  # what is under way interrupts the first
        with suppress(Error):
            page.goto("about:blank")
            return


def scripts_run(page: Any) -> None:
    """Wait until the scripts of the page stand (a condition that is polled would break its CSP)."""
    page.wait_for_load_state("load")
    assert page.evaluate("!!(window.htmx && window.Liniya && Liniya.keys)")


def _note_alarm(wrong: list[str], said: Any) -> None:
    if said.type == "error" and not said.text.startswith(NO_ALARM):
        wrong.append(said.text)
