"""The page on which editors decide on wordings that were heard, and what clients' pages tell."""

import pytest

from core import bus
from core.db import db
from desk import wordings
from desk.wordings import Asked
from models import ArticleText, ArticleWording, Case, CaseArticle, SearchQuery, Staff, WordingSource
from models import Client as Customer
from tests.support.client import Client as Browser
from tests.support.faq import answer
from tests.support.people import sign_in

SAID = "куда делись деньги"
PAGE = "/agent/kb/wordings"


@pytest.fixture
def number(ivan: Customer) -> int:
    return answer("Возврат на карту", body="За три дня.", slug="vozvrat")


def hears(number: int) -> None:
    with bus.unit_of_work():
        wordings.heard(number, "ru", Asked(SAID, WordingSource.SEARCH, "visitor:1"))


def row() -> ArticleWording:
    return db.session.query(ArticleWording).one()


def learned(number: int) -> str:
    return db.session.query(ArticleText).filter_by(article_id=number).one().learned


def test_taken_taken_back_and_declined(client: Browser, number: int, masha: Staff) -> None:
    sign_in(client, masha)
    assert "Проверять нечего" in client.soup(PAGE).select_one("main").get_text()
    hears(number)
    for shelf, state, then in (
        ("suggested", "taken", SAID),
        ("taken", "suggested", ""),
        ("suggested", "declined", ""),
    ):
        page = f"{PAGE}?shelf={shelf}&article={number}"
        assert SAID in client.soup(page).select_one("main ul").get_text()
        answered = client.submit(page, "main form", decision=f"{state}:{row().id}")
        assert answered.status_code == 303
        assert answered.location.endswith(f"shelf={shelf}&article={number}")
        assert (row().state, learned(number)) == (state, then)
    assert SAID in client.soup(f"{PAGE}?shelf=declined").select_one("main").get_text()
    assert SAID not in client.soup(f"/agent/kb/{number}").select_one("main").get_text()


def test_by_hand_and_what_is_refused(client: Browser, number: int, masha: Staff) -> None:
    sign_in(client, masha)
    form = f"main form[action='/agent/kb/{number}/wordings']"
    page = f"/agent/kb/{number}?lang=ru"
    assert client.submit(page, form, said=SAID).status_code == 303
    assert learned(number) == SAID
    assert SAID in client.soup(page).select_one("main").get_text()
    assert client.submit(page, form, said="и на").status_code == 422
    hears(number)
    shown = f"{PAGE}?shelf=taken"
    for decision in ("", "gone:1", "taken:", "taken:x"):
        assert client.submit(shown, "main form", decision=decision).status_code in (404, 422)
    assert client.submit(shown, "main form", decision="taken:999999").status_code == 404


def test_clients_have_no_business_here(client: Browser, number: int, ivan: Customer) -> None:
    sign_in(client, ivan)
    assert client.get(PAGE).status_code in (302, 303, 403, 404)


def test_a_reader_who_searched_opened_and_was_helped(client: Browser, number: int) -> None:
    search = client.soup(f"/ru/search?q={SAID}+карту")
    address = search.select_one("main a[href*='/ru/a/']")["href"]
    client.get(address)
    assert db.session.query(SearchQuery).one().clicked_article_id is None
    client.get(address, headers={"Referer": "http://localhost/ru/search?q=x"})
    assert db.session.query(SearchQuery).one().clicked_article_id == number
    assert client.submit(address, "form[action$='/vote']", vote="yes").status_code == 303
    assert (row().said, row().state, row().source) == (f"{SAID} карту", "suggested", "search")


def test_what_was_read_before_writing_is_kept(client: Browser, number: int) -> None:
    client.soup(f"/ru/a/{number}")
    sent = client.submit(
        "/ru/contact",
        "form[action$='/contact']",
        subject="Где деньги",
        text="Жду третий день",
        person="Олег",
        email="oleg@example.com",
    )
    assert sent.status_code == 303
    case = db.session.query(Case).one()
    kept = db.session.query(CaseArticle).one()
    assert (kept.case_id, kept.article_id, kept.kind) == (case.id, number, "read")
