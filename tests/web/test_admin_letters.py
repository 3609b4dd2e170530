"""The pages of letters: list, words in two languages, preview, test, back, off; admins only."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.db import db
from desk.letters import saving, stored
from desk.letters.catalogue import KINDS
from models import Client, MailTemplate, OutboxItem, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.letters import letters_to, spoil, worded
from tests.support.people import hire, sign_in
from tests.support.reading import words
from tests.support.rules import without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened

LIST = "/admin/letters"
CREATED = f"{LIST}/created"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def form(soup: BeautifulSoup, key: str = "created") -> dict[str, str]:
    found = soup.select_one(f'form[action="{LIST}/{key}"]')
    assert found is not None
    return {name: str(value).strip() for name, value in filled(found).items() if name != "locale"}


def samples_to(person: Staff) -> list[OutboxItem]:
    return [mail for mail in letters_to(person) if mail.template == "letter_test"]


def test_the_list_shows_both_languages_and_what_was_changed(admin: Browser, anton: Staff) -> None:
    worded("created", "Текст", anton, subject="Ваше обращение у нас")
    with bus.unit_of_work():
        saving.switch(KINDS["solved"], on=False, by=anton)
    admin.soup(LIST)
    with statements() as seen:
        soup = admin.soup(LIST)
    lines = {str(a["href"]).rsplit("/", 1)[1]: a for a in soup.select(".line-name a")}
    assert list(lines)[:3] == ["created", "answered", "solved"]
    assert "digest" in lines
    created = words(parsed_line(lines["created"]), "li")
    assert "Русский изменено Ваше обращение у нас" in created
    assert "English · встроенный We got your request No. {{ ticket.number }}" in created
    assert "отключено" in words(parsed_line(lines["solved"]), "li")
    assert len(seen) <= 14
    assert not scans([said for said in seen if "mail_template" not in said])


def parsed_line(link: object) -> BeautifulSoup:
    return BeautifulSoup(str(link.find_parent("li")), "html.parser")  # type: ignore[attr-defined]


def test_words_are_saved_and_in_force(admin: Browser, ivan: Client) -> None:
    values = form(admin.soup(CREATED)) | {
        "subject_ru": "Получили № {{ ticket.number }}",
        "body_ru": "{{ greeting }}\r\n\r\nСкоро ответим.",
    }
    for _sending in range(2):
        answer = admin.post(CREATED, data=values)
        assert (answer.status_code, answer.location) == (303, CREATED)
    assert db.session.query(MailTemplate).count() == 1, "English is as it was"
    number = opened(ivan).number
    mail = letters_to(ivan)[0].payload
    assert mail["subject"] == f"Получили № {number}"
    assert "Здравствуйте, Иван!\n\nСкоро ответим.\n" in mail["text"]
    page = admin.soup(CREATED)
    assert "изменено" in words(page, ".letter-words")
    assert "версия 1" in words(page, ".letter-versions")


def test_what_is_wrong_comes_back_with_its_place(admin: Browser) -> None:
    values = form(admin.soup(CREATED)) | {
        "body_ru": "Раз\n{{ client.shoe }}",
        "subject_en": "",
    }
    answer = admin.post(CREATED, data=values)
    assert answer.status_code == 422
    page = parsed(answer)
    assert "Проверьте 2 поля" in words(page, ".errors")
    assert "Строка 2: Переменной {{ client.shoe }} нет." in words(page, "#body_ru-error")
    assert form(page)["body_ru"] == "Раз\n{{ client.shoe }}"
    assert page.title is not None
    assert page.title.get_text().startswith("Ошибка:")


def test_one_of_two_is_told_and_may_insist(admin: Browser, anton: Staff) -> None:
    mine = form(admin.soup(CREATED)) | {"body_ru": "Моё"}
    worded("created", "Чужое", anton)
    answer = admin.post(CREATED, data=mine)
    assert answer.status_code == 409
    page = parsed(answer)
    assert "Чужое" in words(page, ".overtaken")
    assert form(page)["body_ru"] == "Моё"
    assert admin.post(CREATED, data=form(page)).status_code == 303
    with bus.unit_of_work(writes=False):
        assert stored.words_of(KINDS["created"], "ru").body == "Моё"


def test_preview_of_what_is_not_saved(admin: Browser, ivan: Client) -> None:
    number = opened(ivan).number
    opened(ivan, "Другое")
    written = {"body_ru": "Черновик {{ ticket.subject }}", "body_en": "{{ oops }}"}
    draft = form(admin.soup(CREATED)) | written | {"ticket": str(number)}
    page = parsed(admin.post(f"{CREATED}/show", data=draft, headers={"HX-Request": "true"}))
    assert page.select_one("form") is None, "the piece alone"
    assert "Черновик Терминал не печатает чек" in words(page, ".letter-text")
    assert "{{ oops }} нет" in words(page, ".letter-sample:nth-of-type(2) .error")
    (frame,) = page.select("iframe")
    assert frame.has_attr("sandbox")
    assert not frame["sandbox"], "nothing is allowed in it"
    shown = admin.post(str(frame["data-letter-draft"]), data=draft)
    assert "Черновик" in shown.get_data(as_text=True)
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    whole = parsed(admin.post(f"{CREATED}/show", data=draft))
    assert form(whole)["body_ru"] == written["body_ru"], "without scripts the form stays"
    assert db.session.query(MailTemplate).count() == 0


@pytest.mark.parametrize("key", ["created", "answered", "assigned", "rule_stopped", "digest"])
def test_the_saved_letter_stands_in_the_frame_without_a_way_in(
    admin: Browser, ivan: Client, key: str
) -> None:
    number = opened(ivan).number
    page = admin.soup(f"{LIST}/{key}")
    frames = [str(one["src"]) for one in page.select("iframe")]
    assert len(frames) == 2
    for address in frames:
        html = admin.get(address).get_data(as_text=True)
        assert "<h1" in html
        assert "/r/" not in html
    assert "/r/" not in words(page)
    if key == "created":
        assert f"/agent/t/{number}" in words(page, ".letter-text")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("77777", "Такого обращения нет"),
        ("мой", "Номер, например 1042."),
        ("0", "Такого обращения"),
    ],
)
def test_a_ticket_that_is_not_there(admin: Browser, ivan: Client, number: str, said: str) -> None:
    opened(ivan)
    draft = form(admin.soup(CREATED)) | {"ticket": number}
    page = parsed(admin.post(f"{CREATED}/show", data=draft, headers={"HX-Request": "true"}))
    assert said in words(page, "#ticket-error")


def test_without_any_ticket_the_page_says_so(admin: Browser) -> None:
    assert "Пока нет обращений" in words(admin.soup(CREATED), "#ticket-error")


def test_a_test_goes_to_me_once_and_marked(admin: Browser, ivan: Client, anton: Staff) -> None:
    opened(ivan)
    draft = form(admin.soup(CREATED)) | {"body_ru": "Проба пера", "locale": "ru"}
    for _sending in range(2):
        answer = admin.post(f"{CREATED}/test", data=draft, headers={"HX-Request": "true"})
        assert "anton@kurier.example" in words(parsed(answer), ".ok-text")
    (mail,) = samples_to(anton)
    assert mail.payload["subject"].startswith("[проба] Приняли ваше обращение №")
    assert "Проба пера" in mail.payload["text"]
    assert "/r/" not in mail.payload["text"] + mail.payload["html"]
    assert mail.case_id is None, "it is nothing of the ticket's"
    wrong = admin.post(f"{CREATED}/test", data=draft | {"body_ru": "{{ no }}"})
    assert wrong.status_code == 422
    assert len(samples_to(anton)) == 1


def test_tests_are_limited(admin: Browser, ivan: Client, anton: Staff) -> None:
    opened(ivan)
    draft = form(admin.soup(CREATED)) | {"locale": "en"}
    codes = [
        admin.post(f"{CREATED}/test", data=draft | {"body_en": f"No. {at}"}).status_code
        for at in range(31)
    ]
    assert codes == [200] * 30 + [422]
    assert len(samples_to(anton)) == 30


def test_back_to_the_built_in_text(admin: Browser, anton: Staff, ivan: Client) -> None:
    worded("created", "Текст", anton)
    answer = admin.submit(CREATED, f'form[action="{CREATED}/back"]')
    assert answer.status_code == 303
    page = admin.soup(CREATED)
    assert page.select_one(f'form[action="{CREATED}/back"]') is None
    assert "Мы получили обращение" in form(page)["body_ru"]
    older = page.select(".letter-versions a")[1]
    taken = admin.soup(str(older["href"]))
    assert form(taken)["body_ru"] == "Текст"
    assert form(taken)["base_ru"] == "2"
    assert admin.post(CREATED, data=form(taken)).status_code == 303
    opened(ivan)
    assert "\nТекст\n" in letters_to(ivan)[0].payload["text"]


def test_a_client_letter_is_switched_off_and_on(admin: Browser, ivan: Client) -> None:
    switch = f'form[action="{CREATED}/switch"]'
    assert "ничего не узнает" in words(admin.soup(CREATED), "section[aria-labelledby=switch-h]")
    assert admin.submit(CREATED, switch).status_code == 303
    page = admin.soup(CREATED)
    assert "Это письмо отключено." in words(page)
    opened(ivan)
    assert letters_to(ivan) == []
    admin.submit(CREATED, switch)
    opened(ivan)
    assert len(letters_to(ivan)) == 1
    answered = admin.soup(f"{LIST}/answered")
    assert answered.select_one(f'form[action="{LIST}/answered/switch"]') is None
    assert "Отключить его нельзя" in words(answered)


def test_which_trigger_sends_it(admin: Browser, app: Flask) -> None:
    assert "Обращение создано: письмо клиенту" in words(admin.soup(CREATED))
    without_rules()
    assert "Ни один включённый триггер" in words(admin.soup(CREATED))


def test_what_broke_is_named_on_the_first_page(admin: Browser, anton: Staff, ivan: Client) -> None:
    worded("created", "Текст", anton)
    spoil("created", "{{ gone }}")
    opened(ivan)
    for address in ("/admin/", LIST, CREATED):
        said = [" ".join(one.get_text().split()) for one in admin.soup(address).select(".callout")]
        assert any("Переменной {{ gone }} нет." in each for each in said), address


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("", "GET"),
        ("/created", "GET"),
        ("/created", "POST"),
        ("/created/show", "POST"),
        ("/created/test", "POST"),
        ("/created/back", "POST"),
        ("/created/switch", "POST"),
        ("/created/frame/ru", "GET"),
        ("/created/frame/ru", "POST"),
    ],
)
@pytest.mark.one_database
def test_administrators_only(client: Browser, app: Flask, path: str, method: str) -> None:
    head = hire("Вера", "vera2@kurier.example", role="supervisor")
    browser = sign_in(client, head)
    token = browser.soup("/agent/me").select_one("meta[name=csrf]")
    assert token is not None
    data = {"csrf_token": str(token["content"]), "form_key": "k" * 20}
    answer = browser.open(LIST + path, method=method, data=data if method == "POST" else None)
    assert answer.status_code == 403


@pytest.mark.one_database
def test_letters_that_there_are_not(admin: Browser) -> None:
    for path in ("/none", "/created/frame/de", "/created?version=99"):
        assert admin.get(LIST + path).status_code == 404
