"""The page of one request, by its safe link and signed in: what is seen, what can be done."""

import io

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import access, links, settings, tags, tickets
from desk.catalog import catalog, changed
from desk.tickets import NewTicket
from models import (
    Attachment,
    Case,
    CustomField,
    Line,
    Message,
    OutboxItem,
    Participant,
    Staff,
    Status,
    StatusCategory,
)
from tests.support.client import Client, filled, parsed
from tests.support.people import sign_in
from tests.support.statements import reads, scans, statements

REPLY = "form.reply"
CANARY = "канарейка"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def number(app: Flask, ivan: Participant) -> int:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale="ru")
        return tickets.open_ticket(new, requester=ivan).id


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def link(number: int) -> str:
    return f"/r/{access.link_token(case(number))}"


def to(number: int, category: StatusCategory, by: Participant) -> None:
    with bus.unit_of_work():
        status = catalog().first_status(category)
        tickets.change_status(case(number), status.id, by=db.session.get_one(Participant, by.id))


def say(number: int, text: str, by: Participant, clock: Frozen | None = None) -> None:
    if clock:
        clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.reply(case(number), text, by=db.session.get_one(Staff, by.id))


def step(client: Client, path: str) -> str:
    here = client.soup(path).select_one('.path [aria-current="step"] .stop-name')
    return here.get_text()


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


def test_client_replies_and_the_request_is_with_us_again(
    client: Client, number: int, masha: Staff
) -> None:
    to(number, StatusCategory.PENDING, masha)

    response = client.submit(link(number), REPLY, text="До 19:00")

    path, _, place = response.location.partition("#")
    page = client.soup(path)
    assert (response.status_code, path) == (303, link(number))
    assert page.select_one(f"#{place} .msg-text").get_text() == "До 19:00"
    assert step(client, link(number)) == "В работе"


@pytest.mark.parametrize("over", [StatusCategory.SOLVED, StatusCategory.CLOSED])
def test_reply_opens_again(client: Client, number: int, masha: Staff, over: StatusCategory) -> None:
    to(number, over, masha)
    assert (
        "обращение откроется снова"
        in client.soup(link(number)).select_one("#reply_label").get_text()
    )

    client.submit(link(number), REPLY, text="Опять то же")

    assert case(number).is_open
    assert "Обращение открыто снова" in client.soup(link(number)).get_text()


def test_what_was_opened_again_is_received_until_somebody_takes_it(
    client: Client, number: int, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    with bus.unit_of_work():
        settings.put("promise_minutes", 0)
    clock.advance(minutes=5)
    to(number, StatusCategory.SOLVED, masha)
    clock.advance(minutes=5)
    client.submit(link(number), REPLY, text="Опять то же")
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.assign(case(number), sergey, by=masha)
    page = client.soup(link(number))
    here = page.select_one('.path [aria-current="step"]')
    assert "Получено" in here.get_text()
    assert "снова открыто, 09:10" in here.get_text()
    assert "Снова открыто: ваше сообщение у нас." in page.select_one(".state").get_text()
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    assert step(client, link(number)) == "В работе"


def test_client_says_that_it_is_solved(client: Client, number: int) -> None:
    client.submit(link(number), ".card-solve")

    assert case(number).category == "solved"
    said = client.soup(link(number)).select_one(".state").get_text()
    assert "Решено меньше чем за минуту." in said
    page = client.soup(link(number))
    assert "Вы отметили, что вопрос решён" in page.get_text()
    assert not page.select(".card-solve")


def test_double_reply_is_one_message(client: Client, number: int) -> None:
    fields = filled(client.soup(link(number)).select_one(REPLY)) | {"text": "До 19:00"}

    for _ in range(2):
        assert client.post(f"{link(number)}/reply", data=fields).status_code == 303

    assert db.session.query(Message).filter_by(case_id=number).count() == 2


@pytest.mark.parametrize("text", ["", "   ", "\0", "я" * 50_001])
def test_reply_that_cannot_be_taken_keeps_the_words(client: Client, number: int, text: str) -> None:
    form = client.soup(link(number)).select_one(REPLY)
    files = {"files": (io.BytesIO(b"x"), "photo.jpg")} if text.strip("\0 ") else {}

    response = client.post(f"{link(number)}/reply", data={**filled(form), "text": text, **files})

    page = parsed(response)
    assert response.status_code == 422
    assert page.title.get_text().startswith("Ошибка:")
    assert page.select_one("[data-error-summary] a")["href"] == "#text"
    assert ("photo.jpg" in page.select_one("[data-error-summary]").get_text()) == bool(files)
    assert page.select_one("#text").get_text().strip() == text.replace(
        "\0", "\ufffd"
    ).strip() or not text.strip("\0 ")


def test_markup_in_words_names_and_files_is_text(client: Client, number: int) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    form = client.soup(link(number)).select_one(REPLY)
    file = (io.BytesIO(b"<script>alert(3)</script>"), f"{evil}.html")
    client.post(f"{link(number)}/reply", data={**filled(form), "text": evil, "files": file})

    page = client.soup(link(number))

    assert evil in page.get_text()
    assert not page.select("main script, main img")


def test_addresses_in_words_are_links_that_tell_nothing(client: Client, number: int) -> None:
    client.submit(link(number), REPLY, text="см. https://example.com/?a=1&b=2")

    a = client.soup(link(number)).select(".msg-text a")[-1]

    assert a["href"] == "https://example.com/?a=1&b=2"
    assert {"nofollow", "noopener"} <= set(a["rel"])


def _upload(app: Flask, name: str, content: bytes = b"content"):  # noqa: ANN202
    from desk import files

    return files.keep(app.extensions["storage"], name, content, limit=10**6)


def attached(number: int, name: str, kind: str) -> int:
    return next(
        file.id
        for file in db.session.query(Attachment).join(Message)
        if file.name == name and file.message.kind == kind and file.message.case_id == number
    )


def test_files_of_this_request_are_downloads(
    client: Client, number: int, ivan: Participant
) -> None:
    form = client.soup(link(number)).select_one(REPLY)
    file = (io.BytesIO(b"<script>alert(1)</script>"), "отчёт «1».html")
    client.post(f"{link(number)}/reply", data={**filled(form), "text": "вот", "files": file})

    href = client.soup(link(number)).select_one(".file-n")["href"]
    sign_in(client, ivan)
    mine = client.soup(f"/me/requests/{number}").select_one(".file-n")["href"]

    for path in (href, mine):
        sent = client.get(path)
        assert sent.status_code == 200
        assert sent.get_data() == b"<script>alert(1)</script>"
        assert sent.headers["Content-Disposition"].startswith("attachment;")
        names = sent.headers["Content-Disposition"]
        assert "filename*=UTF-8''%D0%BE" in names
        assert "filename=" in names
        assert "filename=.html" not in names
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in sent.headers["Content-Security-Policy"]
        assert sent.headers["Cache-Control"] == "private, no-store"
        sent.close()


def test_other_files_are_not_there(
    client: Client, number: int, ivan: Participant, masha: Staff
) -> None:
    with bus.unit_of_work():
        who = db.session.get_one(Staff, masha.id)
        tickets.add_note(
            case(number), "x", by=who, uploads=[_upload(client.application, "note.txt")]
        )
        other = tickets.open_ticket(
            NewTicket(subject="Другое", text="x"),
            requester=who,
            uploads=[_upload(client.application, "other.txt")],
        ).id
    sign_in(client, ivan)

    for file in (
        attached(number, "note.txt", "note"),
        attached(other, "other.txt", "public"),
        10**6,
        10**30,
    ):
        assert client.get(f"{link(number)}/files/{file}").status_code == 404
        assert client.get(f"/me/files/{file}").status_code == 404


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


def test_link_speaks_the_language_of_the_request(client: Client, number: int) -> None:
    with bus.unit_of_work():
        case(number).locale = "en"

    page = client.soup(link(number))

    assert page.html["lang"] == "en"
    assert "Received" in page.select_one(".path").get_text()


def test_forged_link_is_not_there(client: Client, number: int) -> None:
    path = link(number)

    for bad in (
        path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:],
        "/r/zzz",
        "/r/" + "a" * 3000,
        "/r/W10.x",
    ):
        response = client.get(bad)
        assert response.status_code == 404
        assert "Смена адреса" not in response.get_data(as_text=True)
    assert client.get(path.replace("/r/", "/ru/contact/sent/")).status_code == 404


def test_replaced_link_is_gone_and_a_new_one_comes_by_mail(
    client: Client, number: int, app: Flask
) -> None:
    old = link(number)
    response = client.submit(old, "form[action$='/rotate']")
    assert response.location == link(number) != old
    assert client.get(link(number)).status_code == 200

    stranger = Client(app)
    gone = stranger.get(old)
    assert gone.status_code == 410
    assert "Смена адреса" not in gone.get_data(as_text=True)
    assert stranger.get(f"{old}?seen=1", headers=HTMX).headers["HX-Refresh"] == "true"

    with bus.unit_of_work():
        db.session.query(OutboxItem).delete()
    answered = stranger.send(parsed(gone).select_one("form.card"), old)
    assert answered.location == f"{old}?sent=1"
    assert "i…@sevsklad.example" in stranger.get(answered.location).get_data(as_text=True)
    (mail,) = db.session.query(OutboxItem)
    assert mail.recipient == "ivan@sevsklad.example"
    assert link(number) in mail.payload["text"]


def test_revoked_link_does_nothing(client: Client, number: int) -> None:
    old = link(number)
    fields = filled(client.soup(old).select_one(REPLY)) | {"text": "чужой"}
    with bus.unit_of_work():
        links.replace_link(case(number))

    assert client.post(f"{old}/reply", data=fields).status_code == 410
    assert client.post(f"{old}/solve", data=fields).status_code == 410
    assert client.post(f"{old}/rotate", data=fields).status_code == 410
    assert client.get(f"{old}/files/1").status_code == 410
    assert case(number).category == "new"
    assert db.session.query(Message).filter_by(case_id=number).count() == 1


def test_new_links_are_not_mailed_without_end(client: Client, number: int) -> None:
    old = link(number)
    with bus.unit_of_work():
        links.replace_link(case(number))

    codes = [
        client.send(parsed(client.get(old)).select_one("form.card"), old).status_code
        for _ in range(4)
    ]

    assert codes == [303, 303, 303, 429]


def test_address_of_the_page_is_told_to_nobody(
    client: Client, number: int, ivan: Participant
) -> None:
    for path in (link(number), f"/me/requests/{number}", "/me/requests"):
        headers = sign_in(client, ivan).get(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Cache-Control"] == "private, no-store"


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
