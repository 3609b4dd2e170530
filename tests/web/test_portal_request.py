"""The page of one request, by its safe link and signed in: what is seen, what can be done."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tags, tickets
from desk.catalog import changed
from desk.tickets import NewTicket
from models import (
    CustomField,
    Line,
    Participant,
    Staff,
    Status,
    StatusCategory,
)
from tests.support.client import Client, filled, parsed
from tests.support.client_request import HTMX, REPLY, _upload, case, link, step, to
from tests.support.people import sign_in
from tests.support.statements import reads, scans, statements

CANARY = "канарейка"


@pytest.fixture
def number(app: Flask, ivan: Participant) -> int:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale="ru")
        return tickets.open_ticket(new, requester=ivan).id


def say(number: int, text: str, by: Participant, clock: Frozen | None = None) -> None:
    if clock:
        clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.reply(case(number), text, by=db.session.get_one(Staff, by.id))


def test_page_follows_the_request(client: Client, number: int, masha: Staff, clock: Frozen) -> None:
    path = link(number)
    assert step(client, path) == "Получено"
    assert "Ответим до 10:00 сегодня." in client.soup(path).select_one(".state").get_text()

    say(number, "Передала диспетчеру", masha, clock)
    to(number, StatusCategory.OPEN, masha)
    assert step(client, path) == "В работе"
    assert "Маша" in client.soup(path).select_one(".path").get_text()

    to(number, StatusCategory.PENDING, masha)
    assert step(client, path) == "Ждём вас"
    assert "Нужен ваш ответ." in client.soup(path).select_one(".state").get_text()

    clock.advance(minutes=30)
    to(number, StatusCategory.SOLVED, masha)
    assert step(client, path) == "Решено"
    assert "Решено за 31\xa0мин." in client.soup(path).select_one(".state").get_text()


def test_who_has_it_is_not_yet_said_to_work_on_it(
    client: Client, number: int, masha: Staff
) -> None:
    assert "Возьмёт свободный специалист" in client.soup(link(number)).get_text()
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    assert "Обращением займётся Маша" in client.soup(link(number)).get_text()
    to(number, StatusCategory.OPEN, masha)
    assert "Обращением занимается Маша" in client.soup(link(number)).get_text()


def test_status_of_the_company_is_not_told(client: Client, number: int, masha: Staff) -> None:
    with bus.unit_of_work():
        mars = Status(key="mars", name_ru="Отправлено на Марс", category="open", position=9)
        db.session.add(mars)
        changed()
        db.session.flush()
        tickets.change_status(case(number), mars.id, by=db.session.get_one(Staff, masha.id))

    assert step(client, link(number)) == "В работе"
    assert "Марс" not in client.get(link(number)).get_data(as_text=True)


def test_late_answer_is_owned_up_to(client: Client, number: int, clock: Frozen) -> None:
    clock.advance(hours=3)

    assert (
        "Задерживаемся: обещали ответить до 10:00 сегодня." in client.soup(link(number)).get_text()
    )


def test_nothing_internal_is_in_the_page(
    client: Client, number: int, ivan: Participant, masha: Staff, clock: Frozen
) -> None:
    with bus.unit_of_work():
        db.session.add(CustomField(key="inner", name_ru=f"{CANARY}-поле", name_en=""))
        changed()
    with bus.unit_of_work():
        who, it = db.session.get_one(Staff, masha.id), case(number)
        upload = [_upload(client.application, f"{CANARY}.txt")]
        tickets.add_note(it, f"{CANARY} в заметке", by=who, uploads=upload)
        tags.add_tags(it, [f"{CANARY}-метка"], by=who)
        tickets.pass_to_line(it, 2, reason=f"{CANARY} причина", by=who)
        tickets.set_priority(it, 4, by=who)
        it.fields = {"inner": f"{CANARY}-значение"}
    sign_in(client, ivan)

    for path in (
        link(number),
        f"/me/requests/{number}",
        "/me/requests",
        f"/me/requests?q={CANARY}",
    ):
        text = client.get(path).get_data(as_text=True)
        assert CANARY not in text.replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', ""), path
        assert "Срочный" not in text
        assert "Специалисты" not in text
    assert "Обращений" not in client.soup("/me/requests").main.get_text()
    assert not client.soup(f"/me/requests?q={CANARY}").select(".reqs li")


def test_hidden_experts_are_the_company(
    client: Client, number: int, vera: Staff, masha: Staff
) -> None:
    with bus.unit_of_work():
        assert db.session.get_one(Line, 3).hidden_from_clients
    say(number, "Смотрим", vera)
    say(number, "Готово", masha)

    page = client.soup(link(number))

    assert "Вера" not in page.get_text()
    assert [who.get_text() for who in page.select(".msg-who")] == ["Вы", "Линия", "Маша"]


def test_colleagues_are_known_by_first_name_only(client: Client, number: int, masha: Staff) -> None:
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).name = "Мария Тайная"
        changed()
    say(number, "Готово", masha)

    assert "Тайная" not in client.get(link(number)).get_data(as_text=True)


def test_live_page_is_told_nothing_when_there_is_nothing(
    client: Client, number: int, masha: Staff
) -> None:
    poll = client.soup(link(number)).select_one("#thread")["hx-get"]
    assert client.get(poll, headers=HTMX).status_code == 204

    say(number, "Готово", masha)
    news = client.get(poll, headers=HTMX)

    assert news.status_code == 200
    page = parsed(news)
    assert "Готово" in page.select_one("#thread").get_text()
    assert page.select_one("#progress[hx-swap-oob]")
    assert not page.select("html, form.reply, textarea")
    assert page.select_one("#thread")["hx-get"] != poll
    assert client.get(poll).status_code == 200
    assert client.soup(poll).h1


def test_my_request_is_the_same_page(client: Client, number: int, ivan: Participant) -> None:
    sign_in(client, ivan)
    path = f"/me/requests/{number}"

    assert client.soup(path).h1.get_text() == "Смена адреса"
    assert client.submit(path, REPLY, text="Ещё").location.startswith(f"{path}#m")
    assert client.submit(path, ".card-solve").location == path
    old = link(number)
    assert client.submit(path, "form[action$='/rotate']").location == path
    assert client.get(old).status_code == 410


def test_requests_of_others_are_not_there(
    client: Client, number: int, galina: Participant, masha: Staff
) -> None:
    for person in (galina, masha):
        sign_in(client, person)
        assert client.get(f"/me/requests/{number}").status_code == 404
        assert client.get("/me/requests/999999").status_code == 404
        assert client.get(f"/me/requests/{10**30}").status_code == 404
        fields = filled(client.soup("/me/requests").select_one("form[action='/signout']"))
        for verb in ("reply", "solve", "rotate"):
            sent = client.post(f"/me/requests/{number}/{verb}", data={**fields, "text": "x"})
            assert sent.status_code == 404
    assert case(number).category == "new"


def test_statements_of_the_page_are_few(client: Client, number: int, masha: Staff) -> None:
    for text in ("раз", "два", "три", "четыре"):
        say(number, text, masha)
    path = link(number)
    client.get(path)
    with statements() as asked:
        client.get(path)
    assert len(reads(asked)) <= 8, asked
    assert not scans(asked)
