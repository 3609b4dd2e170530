"""Lines of lists are kept as they were drawn: what is kept must be true for whoever reads it."""

from typing import Any

import pytest
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
from tests.support.tickets import opened


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
        case.due_at = clock.at.replace(minute=case.created_at.minute, second=10)
    assert "sla-soon" in drawn()
    clock.advance(seconds=11)  # within the same minute
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
