"""What clients are promised: the hour, in words; and the hours at which we are there."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import catalog, promises, settings, tickets
from desk.tickets import NewTicket
from models import Calendar, Participant, Staff

MOSCOW = ZoneInfo("Europe/Moscow")


def test_nothing_is_promised_without_minutes_or_calendar(app: Flask) -> None:
    for key, value in (("promise_minutes", 0), ("calendar", "gone")):
        with bus.unit_of_work():
            before = settings.get(key)
            settings.put(key, value)
            assert promises.answer_by() is None
            settings.put(key, before)
    with bus.unit_of_work():
        assert promises.answer_by() is not None


def test_calendar_without_hours_promises_nothing(app: Flask) -> None:
    with bus.unit_of_work():
        db.session.query(Calendar).filter_by(key="office").one().week = [[]] * 7
        catalog.changed()
    with bus.unit_of_work():
        assert promises.answer_by() is None
        assert promises.office_hours() == ""
        assert not promises.is_open_now()


@pytest.mark.parametrize(
    ("at", "ru", "en"),
    [
        (datetime(2026, 3, 2, 11, 5, tzinfo=MOSCOW), "11:05 сегодня", "11:05 today"),
        (datetime(2026, 3, 3, 9, 30, tzinfo=MOSCOW), "09:30 завтра", "09:30 tomorrow"),
        (
            datetime(2026, 3, 11, 10, 0, tzinfo=MOSCOW),
            "10:00 в среду, 11 марта",
            "10:00 on Wednesday, 11 March",
        ),
    ],
)
def test_hour_in_words(app: Flask, at: datetime, ru: str, en: str) -> None:
    with bus.unit_of_work(writes=False):
        assert promises.in_words(at) == ru
    with use_locale("en"), bus.unit_of_work(writes=False):
        assert promises.in_words(at) == en


def test_promise_lasts_until_we_speak(
    app: Flask, clock: Frozen, ivan: Participant, masha: Staff
) -> None:
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket(subject="Адрес", text="x"), requester=ivan)
        assert promises.answer_to(ticket) == datetime(2026, 3, 2, 10, 0, tzinfo=MOSCOW)
        clock.advance(minutes=5)
        tickets.reply(ticket, "Смотрим", by=masha)
        assert promises.answer_to(ticket) is None
        clock.advance(minutes=5)
        tickets.client_reply(ticket, "Ещё", by=ivan)
        assert promises.answer_to(ticket) == datetime(2026, 3, 2, 10, 10, tzinfo=MOSCOW)
        tickets.solve(ticket, by=ivan)
        assert promises.answer_to(ticket) is None


def test_office_hours_in_one_line(app: Flask) -> None:
    with bus.unit_of_work():
        assert promises.office_hours() == "пн–пт 09:00–18:00 (Москва)"
        row = db.session.query(Calendar).filter_by(key="office").one()
        split = [["09:00", "13:00"], ["14:00", "18:00"]]
        row.week = [split, split, [], [], [], [["10:00", "14:00"]], []]
        catalog.changed()
    with bus.unit_of_work(), use_locale("en"):
        assert (
            promises.office_hours() == "Mon–Tue 09:00–13:00, 14:00–18:00, Sat 10:00–14:00 (Moscow)"
        )
