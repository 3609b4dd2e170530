"""Pictures of the product for docs/screenshots, taken of the demo company at a fixed moment."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import click
import waitress.server
from flask import Flask
from sqlalchemy import select

from app import create_app
from commands.init import prepare
from commands.serving import bound_socket, next_free_port
from commands.terminal import PROJECT, Refusal, settings
from core import clock
from core.bus import unit_of_work
from core.db import db
from core.i18n import _
from demo.loader import load_demo
from desk import access
from models import Article, Case, Rule, RuleRun
from tests.support.chromium import ARGUMENTS, MISSING, find_chromium

FOLDER = PROJECT / "docs" / "screenshots"
MOMENT = datetime(2026, 3, 12, 12, 8, tzinfo=ZoneInfo("Europe/Moscow"))
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
AGENT, ADMIN = "masha@kurier.example", "anton@kurier.example"


@dataclass(frozen=True)
class Shot:
    """A picture; `who` signs in first; `type` = (selector, words) filled in before it is taken."""

    name: str
    path: str
    who: str = ""
    locale: str = "ru"
    dark: bool = False
    phone: bool = False
    whole: bool = False
    type: tuple[str, str] = ("", "")


def shots(places: dict[str, str]) -> list[Shot]:
    ticket, why, rule = places["ticket"], places["why"], places["rule"]
    return [
        Shot("faq-home", "/ru/"),
        Shot("faq-home-dark-en", "/en/", locale="en", dark=True),
        Shot("search", "/ru/search?q=pflth;rf+ljcnfdrb"),
        Shot("article", places["article"], whole=True),
        Shot("article-phone", places["article"], phone=True),
        Shot("request-form", "/ru/contact", type=("[name=subject]", "Посылка не пришла")),
        Shot("request-page", places["request"], whole=True),
        Shot("request-page-phone", places["request"], phone=True),
        Shot("workspace-list", "/agent/inbox/all", AGENT),
        Shot("workspace-list-dark", "/agent/inbox/all", AGENT, dark=True),
        Shot("ticket", ticket, AGENT),
        Shot("ticket-phone", ticket, AGENT, phone=True),
        Shot("ticket-why", why, ADMIN),
        Shot("triggers", "/admin/triggers", ADMIN),
        Shot("trigger-editor", rule, ADMIN),
        Shot("trigger-editor-dark", rule, ADMIN, dark=True),
        Shot("counters", "/admin/counters", ADMIN),
        Shot("knowledge-base", "/agent/kb", AGENT),
        Shot("outgoing-mail", "/admin/outgoing", ADMIN),
        Shot("ticket-en", ticket, AGENT, locale="en"),  # the last: it changes her settings
    ]


@click.command(help=_("Take the pictures of docs/screenshots anew (needs Chromium and bin/test)."))
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=FOLDER,
    metavar="DIR",
    help=_("Folder for the pictures (default: docs/screenshots)."),
)
def screenshots(to: Path) -> None:
    program = find_chromium()
    if program is None:
        raise Refusal(MISSING)
    to.mkdir(parents=True, exist_ok=True)
    with clock.freeze(MOMENT), _demo() as (app, url):
        places = _places(app)
        with _chromium(program) as browser:
            for shot in shots(places):
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


def _places(app: Flask) -> dict[str, str]:
    """Addresses of things worth showing: the ticket with most rules run on it, and its rule."""
    with app.app_context(), unit_of_work(writes=False):
        told = (
            select(RuleRun.case_id)
            .join(Case, Case.id == RuleRun.case_id)
            .where(Case.is_open, Case.last_agent_at.is_not(None))
            .group_by(RuleRun.case_id)
            .order_by(db.func.count().desc(), RuleRun.case_id.desc())
        )
        case = db.session.get_one(Case, db.session.scalars(told).first())
        rule = db.session.scalars(select(Rule).order_by(Rule.position).offset(6)).first()
        article = db.session.scalars(
            select(Article).where(Article.state == "published").order_by(Article.views.desc())
        ).first()
        if rule is None or article is None:
            raise Refusal("the demo company is empty")
        return {
            "ticket": f"/agent/t/{case.number}?view=all",
            "why": f"/agent/t/{case.number}/why?view=all",
            "rule": f"/admin/triggers/{rule.id}",
            "article": f"/ru/a/{article.id}",
            "request": f"/r/{access.link_token(case)}",
        }


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
    selector, words = shot.type
    if selector:
        page.fill(selector, words)
        page.locator(selector).blur()
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
