"""Pictures of the product for docs/screenshots, taken of the demo company at a fixed moment."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import click
import waitress.server
from flask import Flask

from app import create_app
from commands.init import prepare
from commands.pictures import shots
from commands.serving import bound_socket, next_free_port
from commands.shot import Shot
from commands.terminal import PROJECT, Refusal, settings
from core import clock
from core.i18n import _
from demo.loader import load_demo
from tests.support.chromium import ARGUMENTS, MISSING, find_chromium

FOLDER = PROJECT / "docs" / "screenshots"
MOMENT = datetime(2026, 3, 12, 12, 8, tzinfo=ZoneInfo("Europe/Moscow"))
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@click.command(help=_("Take the pictures of docs/screenshots anew (needs Chromium and bin/test)."))
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=FOLDER,
    metavar="DIR",
    help=_("Folder for the pictures (default: docs/screenshots)."),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
def screenshots(to: Path, names: tuple[str, ...]) -> None:
    program = find_chromium()
    if program is None:
        raise Refusal(MISSING)
    to.mkdir(parents=True, exist_ok=True)
    with clock.freeze(MOMENT), _demo() as (app, url):
        wanted = [shot for shot in shots(app) if shot.name in names or not names]
        with _chromium(program) as browser:
            for shot in wanted:
                _take(browser, url, shot, to)
                click.echo(f"{to / shot.name}.png")


@contextmanager
def _demo() -> Iterator[tuple[Flask, str]]:
    """The demo company served on a free port of this machine."""
    with tempfile.TemporaryDirectory(prefix="liniya-shots-") as folder:
        port = next_free_port("127.0.0.1", 5100) or 5100
        app = create_app(settings(Path(folder), port=port, assets="local"))
        with app.app_context():
            prepare()
        load_demo(app, now=MOMENT)
        listener = bound_socket("127.0.0.1", port)
        listener.listen(64)
        server = waitress.server.create_server(app, sockets=[listener], threads=16)
        Thread(target=server.run, daemon=True).start()
        yield app, f"http://127.0.0.1:{port}"
        server.task_dispatcher.shutdown(timeout=1)


@contextmanager
def _chromium(program: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # only this command needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _take(browser: Any, url: str, shot: Shot, to: Path) -> None:
    context = browser.new_context(
        base_url=url,
        viewport=PHONE if shot.phone else WIDE,
        color_scheme="dark" if shot.dark else "light",
        locale="ru-RU" if shot.locale == "ru" else "en-GB",
        timezone_id="Europe/Moscow",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(MOMENT)
    if shot.who:
        _sign_in(page, shot)
    page.goto(shot.path)
    shot.before(page)
    page.wait_for_timeout(700)
    page.screenshot(path=str(to / f"{shot.name}.png"), full_page=shot.whole)
    context.close()


def _sign_in(page: Any, shot: Shot) -> None:
    page.goto("/signin?next=/agent/")
    page.fill("[name=email]", shot.who)
    page.fill("[name=password]", f"demo-{shot.who.partition('@')[0]}")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/agent/**")
    if shot.locale == "en":
        page.goto("/agent/me")
        page.select_option("[name=locale]", "en")
        page.locator("main form:has([name=locale]) button[type=submit]").first.click()
        page.wait_for_load_state()
