"""A counter that is being written, tried: the clock of a ticket, what would have been late."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import catalog, jobs, tickets
from models import (
    Case,
    Client,
    CounterPolicy,
    Direction,
    Job,
    Staff,
)
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import given_counter
from tests.support.editors import editor
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened
from tests.web.test_admin_counter_editor import HTMX, LIST, NOTE, edited, stored


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def test_the_clock_of_a_ticket_is_shown_and_nothing_saved(
    admin: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    ticket = opened(ivan).id
    clock.advance(minutes=50)
    values = {**edited(admin, number), "limit": "40", "limit.unit": "min", "ticket": f"№{ticket}"}
    answer = admin.post(f"{LIST}/clock", data=values, headers=HTMX)
    assert answer.status_code == 200
    soup = parsed(answer)
    assert not soup.select("html")
    assert "−10 мин" in words(soup, "#clock .ledger")
    assert "Шаг «в срок» сработал бы 09:40" in words(soup, "#clock .tb-fired")
    assert soup.select("#clock svg rect.tb-over")
    assert stored(number).limit_minutes == 60
    whole = parsed(admin.post(f"{LIST}/clock", data=values))
    assert editor(whole)["limit"] == "40"
    assert words(whole, "#clock .ledger")
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, ticket), by=masha)
    soup = parsed(admin.post(f"{LIST}/clock", data=values, headers=HTMX))
    assert soup.select("#clock svg rect.tb-over"), "a run that is over tells its lateness too"
    (end,) = soup.select("#clock svg .tb-end")
    assert end["cx"] == "80.0%"


@pytest.mark.parametrize(
    ("ticket", "said"),
    [("", "Напишите номер"), ("х" * 30, "Напишите номер"), ("99999", "Обращения 99999 нет")],
)
def test_a_ticket_that_cannot_be_shown(
    admin: Browser, anton: Staff, ticket: str, said: str
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), limit=60)
    answer = admin.post(f"{LIST}/clock", data=edited(admin, number) | {"ticket": ticket})
    assert answer.status_code == 422
    assert said in words(parsed(answer), "#ticket-error")


def test_a_draft_that_is_not_sound_says_so(admin: Browser, ivan: Client) -> None:
    values = editor(admin.soup(f"{LIST}/new")) | {"limit": "скоро", "ticket": str(opened(ivan).id)}
    for path, place in (("clock", "#ticket-error"), ("replays", "#late .error")):
        answer = admin.post(f"{LIST}/{path}", data=values)
        assert answer.status_code == 422
        assert "Сначала закончите счётчик" in words(parsed(answer), place)


def test_a_replay_is_asked_for_watched_and_read(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    ticket = opened(ivan).id
    clock.advance(minutes=50)
    values = {**edited(admin, number), "limit": "40", "limit.unit": "min", "days": "30"}
    soup = parsed(admin.post(f"{LIST}/replays", data=values, headers=HTMX))
    job = db.session.query(Job).one().id
    watched = soup.select_one(f"#replay-{job}")
    assert watched is not None
    assert "Ждёт своей очереди" in watched.get_text()
    db.session.rollback()
    waits = admin.soup(f"{LIST}/replays/{job}").select_one("noscript a")
    assert waits is not None, "it is looked at again without scripts"
    assert waits["href"] == f"{LIST}/replays/{job}"
    assert jobs.run_next()
    answer = admin.get(f"{LIST}/replays/{job}", headers=HTMX)
    assert answer.headers["HX-Trigger-After-Swap"] == "replayed"
    rows = parsed(answer).select(".would tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows[:3]] == [
        "в срок 0 0",
        "просрочено 1 0",
        "ещё идёт, не опаздывает 0 1",
    ]
    assert words(parsed(answer), ".in-force") == "В жизни считали: версия 1 с 09:00."
    miss = words(parsed(answer), ".dif li")
    assert miss.startswith(f"{ticket}Терминал не печатает чек с опозданием на 10 мин")
    assert "в жизни этим счётчиком не просрочено" in miss
    page = admin.soup(f"{LIST}/replays/{job}")
    assert not page.select("noscript a")
    assert words(page, "h1") == "Повтор: Решение"
    soup = parsed(admin.post(f"{LIST}/late", data=values, headers=HTMX))
    assert not soup.select(".warn-text")
    soup = parsed(admin.post(f"{LIST}/late", data={**values, "limit": "41"}, headers=HTMX))
    assert "счётчик изменили" in words(soup, ".warn-text")


def test_a_replay_is_cancelled(admin: Browser, anton: Staff) -> None:
    number = given_counter("Решение", anton, (60, NOTE), limit=60)
    answer = admin.post(f"{LIST}/replays", data=edited(admin, number))
    assert answer.status_code == 303
    admin.submit(answer.location, "#cancel-replay")
    assert "отменён" in words(admin.soup(answer.location), ".replay")
    assert not jobs.run_next()


def test_hidden_tickets_are_left_out(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), limit=60)
    with bus.unit_of_work():
        mine, other = (Direction(key=k, name_ru=k, name_en=k, position=9) for k in ("a", "b"))
        db.session.add_all([mine, other])
        db.session.get_one(Staff, anton.id).directions = [mine]
        db.session.flush()
        catalog.changed()
        hidden_direction = other.id
    hidden = opened(ivan, direction_id=hidden_direction).id
    clock.advance(minutes=90)
    values = edited(admin, number)
    answer = admin.post(f"{LIST}/clock", data=values | {"ticket": str(hidden)})
    assert answer.status_code == 422
    answer = admin.post(f"{LIST}/replays", data=values)
    db.session.rollback()
    jobs.run_next()
    soup = admin.soup(answer.location)
    assert str(hidden) not in words(soup, ".replay")
    assert "вам не видны" in words(soup, ".replay")


def test_only_administrators_try(client: Browser, anton: Staff, masha: Staff, ivan: Client) -> None:
    number = given_counter("Решение", anton, (60, NOTE), limit=60)
    values = edited(sign_in(client, anton), number)
    job = client.post(f"{LIST}/replays", data=values).location
    sign_in(client, masha)
    values["csrf_token"] = str(client.soup(LIST).select("[name=csrf_token]")[0]["value"])
    for path in ("clock", "late", "replays", f"replays/{job.rpartition('/')[2]}/cancel"):
        assert client.post(f"{LIST}/{path}", data=values).status_code == 403, path
    assert client.get(job).status_code == 403
    assert client.get(f"{LIST}/anew").status_code == 200
    assert client.get(f"{LIST}/replays/999").status_code == 403


def test_no_page_reads_a_growing_table_whole(
    admin: Browser, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    ticket = opened(ivan).id
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, ticket), "Ответ", by=masha)
    values = edited(admin, number) | {"ticket": str(ticket)}
    admin.post(f"{LIST}/replays", data=values)
    for path in ("clock", "late"):
        with statements() as asked:
            admin.post(f"{LIST}/{path}", data=values)
        assert scans(asked) == []
    with statements() as asked:
        admin.get(f"{LIST}/{number}/edit")
    assert scans(asked) == []
    with statements() as asked:
        assert jobs.run_next()
    assert scans(asked) == []
    assert db.session.query(CounterPolicy).count() == 1
