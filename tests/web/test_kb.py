"""Editing the knowledge base: from a draft to a public answer, versions, crossing edits, rights."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from models import Article, ArticleCategory, ArticleState, ArticleVersion, Client, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in

FORM = "form[action^='/agent/kb/']"


@pytest.fixture
def shelf(app: Flask) -> ArticleCategory:
    with bus.unit_of_work():
        row = ArticleCategory(slug="delivery", name_ru="Доставка", name_en="Delivery", icon="truck")
        db.session.add(row)
    return row


@pytest.fixture
def editor(client: Browser, masha: Staff, shelf: ArticleCategory) -> Browser:
    return sign_in(client, masha)


def write(editor: Browser, title: str = "Где посылка", body: str = "## Номер\n\nВ письме.") -> str:
    answer = editor.submit("/agent/kb/new?lang=ru", FORM, title=title, body=body)
    assert answer.status_code == 303
    return str(answer.location).partition("?")[0]


def test_from_a_draft_to_a_public_answer(editor: Browser) -> None:
    page = write(editor)
    number = int(page.rsplit("/", 1)[1])
    article = db.session.get_one(Article, number)
    assert article.state == ArticleState.DRAFT
    assert editor.get(f"/ru/a/{number}").status_code == 404
    editor.submit(page, "form[action$='/state']", state="published")
    shown = editor.soup(f"/ru/a/{number}")
    assert shown.select_one("h1").get_text(strip=True) == "Где посылка"  # type: ignore[union-attr]
    assert editor.soup("/agent/kb").find(string="Где посылка")
    assert editor.soup("/agent/kb?q=посылку").find(string="Где посылка")
    editor.submit(page, "form[action$='/state']", state="internal")
    assert editor.application.test_client().get(f"/ru/a/{number}").status_code == 404


def test_each_save_is_a_version_and_can_come_back(editor: Browser) -> None:
    page = write(editor)
    editor.submit(f"{page}?lang=ru", FORM, body="Другой текст.", note="короче")
    editor.submit(f"{page}?lang=en", FORM, title="Where is it", body="In the mail.")
    editor.submit(f"{page}?lang=ru", "form[action$='/restore']", version="1")
    text = db.session.query(Article).one().text_in("ru")
    assert text is not None
    assert (text.version, text.body) == (3, "## Номер\n\nВ письме.")
    assert db.session.query(ArticleVersion).count() == 4


def test_crossing_edits_lose_nothing(editor: Browser) -> None:
    page = write(editor)
    form = editor.soup(f"{page}?lang=ru").select_one(FORM)
    editor.submit(f"{page}?lang=ru", FORM, body="Их текст.")
    answer = editor.send(form, page, body="Мой текст.")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Мой текст." in shown
    assert "Их текст." in shown


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"body": " "}, {"title": "т" * 251}, {"summary": "с" * 401}]
)
def test_what_cannot_be_taken_is_named_and_kept(editor: Browser, wrong: dict[str, str]) -> None:
    given = {"title": "Заголовок", "body": "Оставьте это", **wrong}
    answer = editor.submit("/agent/kb/new", FORM, **given)
    assert answer.status_code == 422
    assert given["body"].strip() in answer.get_data(as_text=True)
    assert db.session.query(Article).count() == 0


def test_foreign_html_is_shown_as_text(editor: Browser) -> None:
    page = write(editor, body="<script>alert(1)</script>\n\n<b hx-get='/x'>жирно</b>")
    shown = editor.get(page).get_data(as_text=True)
    assert "<script>alert" not in shown
    assert "<b hx-get" not in shown


def test_clients_have_no_way_in(client: Browser, ivan: Client) -> None:
    sign_in(client, ivan)
    assert client.get("/agent/kb").status_code == 403
    assert client.get("/agent/kb/new").status_code == 403


@pytest.mark.parametrize("number", ["0", "999", "99999999999"])
def test_unknown_article_is_a_page(editor: Browser, number: str) -> None:
    assert editor.get(f"/agent/kb/{number}").status_code == 404
