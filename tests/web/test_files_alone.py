"""A file needs no words: it is an answer, a note, a client's message by itself."""

import io

from bs4 import BeautifulSoup

from core.db import db
from desk import access
from models import Case, Client, Message, OutboxItem, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.contact import FORM, cases
from tests.support.people import sign_in
from tests.support.tickets import opened

TEXT = {"text": " \n"}
IVAN = "ivan@example.ru"


def file() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"act"), "акт.pdf"


def sent(client: Browser, page: str, form: str, **more: object) -> int:
    found = client.soup(page).select_one(form)
    assert found is not None
    answer = client.post(found["action"], data={**filled(found), **TEXT, **more})
    status: int = answer.status_code
    return status


def newest(number: int) -> Message:
    db.session.rollback()
    query = db.session.query(Message).filter_by(case_id=number)
    return query.order_by(Message.id.desc()).first()  # type: ignore[return-value]


def names(page: BeautifulSoup, place: str) -> list[str]:
    return [each.get_text(strip=True) for each in page.select(place)]


def test_of_a_colleague(client: Browser, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).id
    page = f"/agent/t/{number}"
    sign_in(client, masha)
    for form in ("#reply-form", "#note-form"):
        assert sent(client, page, form) == 422
        assert sent(client, page, form, files=file()) == 303
        assert (newest(number).text, newest(number).words) == ("", "акт.pdf")
    (mail,) = db.session.query(OutboxItem).filter_by(recipient=ivan.email, template="answered")
    assert "акт.pdf" in mail.payload["text"]
    shown = client.soup(page)
    assert names(shown, "article.msg a.file .file-name, article.msg a.file")[:1] != []
    assert len(shown.select("article.msg")) == 3
    assert len(shown.select("article.msg .msg-body")) == 1


def test_of_a_client(client: Browser, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).id
    link = f"/r/{access.link_token(db.session.get_one(Case, number))}"
    assert sent(client, link, "form.reply") == 422
    assert sent(client, link, "form.reply", files=file()) == 303
    assert newest(number).text == ""
    assert db.session.get_one(Case, number).preview == "акт.pdf"
    shown = client.soup(link)
    assert len(shown.select(".msg")) == 2
    assert len(shown.select(".msg-text")) == 1


def test_files_of_what_was_not_sent_are_named(client: Browser, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).id
    sign_in(client, masha)
    found = client.soup(f"/agent/t/{number}").select_one("#reply-form")
    assert found is not None
    data = {**filled(found), "text": "я" * 50_001, "files": file()}
    answer = client.post(found["action"], data=data)
    assert answer.status_code == 422
    assert "акт.pdf" in parsed(answer).select_one("#reply-said").get_text()


def test_of_whoever_writes_first(client: Browser, app: object) -> None:
    asked = {"email": IVAN, "subject": "Акт сверки"}
    assert sent(client, "/ru/contact", FORM, **asked) == 422
    assert sent(client, "/ru/contact", FORM, **asked, files=file()) == 303
    (case,) = cases()
    assert (newest(case.number).text, case.preview) == ("", "акт.pdf")
    assert db.session.query(OutboxItem).filter_by(recipient=IVAN).count() == 1
    shown = client.soup(f"/r/{access.link_token(case)}")
    (message,) = shown.select(".msg")
    assert "акт.pdf" in message.select_one(".files").get_text()
    assert shown.select(".msg-text") == []


def test_a_file_is_no_subject(client: Browser, app: object) -> None:
    assert sent(client, "/ru/contact", FORM, email=IVAN, files=file()) == 422
    assert cases() == []
