"""Lines of lists are kept as they were drawn: what is kept must be true for whoever reads it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import Tag
from flask import Flask
from markupsafe import Markup

from blueprints.agent import rows
from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import tickets, views
from desk.catalog import catalog, changed
from models import Case, Client, Staff
from tests.support.client import Client as Browser
from tests.support.counters import given_counter
from tests.support.people import sign_in
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")


class Drawer:
    """Draws one ticket as a list has it now; `times` = how often the macro did."""

    def __init__(self, app: Flask, number: int, who: Staff) -> None:
        self.ui: Any = app.jinja_env.globals["ui"]
        self.number, self.who, self.times = number, who, 0
        self.macro = self.counted  # one object: what is kept is kept for it

    def counted(self, *given: Any) -> Markup:
        self.times += 1
        drawn: Markup = self.ui.trow(*given)
        return drawn

    def __call__(self, locale: str = "ru", zone: str = "Europe/Moscow") -> str:
        with bus.unit_of_work(writes=False), use_locale(locale, zone):
            row = views.named([self.number], self.who)[0]
            url = f"/agent/t/{self.number}"
            return str(rows.drawn(self.macro, row, catalog(), url, is_here=False, oob=False))


@pytest.fixture
def drawn(app: Flask, masha: Staff, ivan: Client) -> Drawer:
    return Drawer(app, opened(ivan).id, masha)


def test_a_line_is_drawn_once(drawn: Drawer) -> None:
    assert drawn() == drawn()
    assert drawn.times == 1


def test_each_reader_has_their_language_and_zone(drawn: Drawer) -> None:
    here, there, english = drawn(), drawn(zone="Asia/Vladivostok"), drawn(locale="en")
    assert "09:00" in here
    assert "16:00" in there
    assert "Not answered:" in english
    assert drawn.times == 3


def test_times_go_on(drawn: Drawer, clock: Frozen) -> None:
    assert "сейчас" in drawn()
    clock.advance(minutes=20)
    assert "20\u00a0м" in drawn()
    clock.advance(seconds=30)
    drawn()
    assert drawn.times == 2


def test_a_time_limit_passes(drawn: Drawer, clock: Frozen) -> None:
    with bus.unit_of_work():
        case = db.session.get_one(Case, drawn.number)
        case.near_at = clock.at.replace(minute=case.created_at.minute, second=5)
        case.due_at = clock.at.replace(minute=case.created_at.minute, second=10)
    assert "sla-soon" not in drawn()
    clock.advance(seconds=5)
    assert "sla-soon" in drawn()
    clock.advance(seconds=6)  # within the same minute
    assert "sla-late" in drawn()


def test_what_has_changed_is_drawn_anew(drawn: Drawer, masha: Staff) -> None:
    assert masha.name not in drawn()
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, drawn.number), masha, by=masha)
    assert masha.name in drawn()
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).name = "Мария"
        changed()
    assert "Мария" in drawn()


def test_a_line_says_the_limit_as_the_ticket_does(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """The same word, shape and amount of working time, over a night and for a short limit."""
    given_counter("Ответ за час", anton, limit=60)
    given_counter("Быстро", anton, kind="solution", limit=240)
    clock.set(datetime(2026, 3, 4, 17, 50, tzinfo=MOSCOW))  # the office closes at 18:00
    number = opened(ivan).id
    sign_in(client, masha)
    asked = ((4, 19, 0), (5, 9, 34), (5, 9, 35), (5, 9, 49), (5, 9, 50), (5, 12, 0))
    said = [at_both(client, clock, datetime(2026, 3, *at, tzinfo=MOSCOW), number) for at in asked]
    assert [in_list for in_list, _on_ticket in said[1:]] == [
        "clock Срок: 16 мин",
        "alarm-clock Скоро срок: 15 мин",
        "alarm-clock Скоро срок: 1 мин",
        "triangle-alert Просрочено: меньше минуты",
        "triangle-alert Просрочено: −2 ч 10 мин",
    ]
    assert said[0] == ("clock Срок: 5 мар.", "clock Срок: 50 мин"), "too far away to be counted"
    assert all(in_list == on_ticket for in_list, on_ticket in said[1:])


def at_both(client: Browser, clock: Frozen, at: datetime, number: int) -> tuple[str, str]:
    """The badge in the list and the one of the ticket."""
    clock.set(at)
    (in_list,) = client.soup("/agent/inbox/all").select(f"#row-{number} .sla")
    on_ticket = client.soup(f"/agent/t/{number}").select(".tb .sla")[0]
    return badge(in_list), badge(on_ticket)


def badge(tag: Tag) -> str:
    return f"{tag.use['href'].partition('#')[2]} {' '.join(tag.get_text().split())}"
