"""Articles beside a ticket, and # in what an agent writes: only what its reader may read."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import linked
from models import ArticleState, Case, Staff
from models import Client as Customer
from tests.support.client import Client as Browser
from tests.support.faq import answer
from tests.support.people import sign_in
from tests.support.tickets import opened

SUBJECT = "Терминал не печатает чек"


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


@pytest.fixture
def number(ivan: Customer) -> int:
    return opened(ivan, SUBJECT).id


@pytest.fixture
def articles(number: int) -> tuple[int, int]:
    body = "## Бумага\n\nВставьте новую ленту."
    shown = answer("Терминал не печатает чек: что делать", body=body, slug="chek")
    inside = answer(
        "Терминал не печатает чек: для мастеров",
        body="Замените термоголовку.",
        slug="mastera",
        state=ArticleState.INTERNAL,
    )
    return shown, inside


def named(desk: Browser, number: int, **more: Any) -> list[dict[str, Any]]:
    answered = desk.get("/agent/articles", query_string={"case": number, **more})
    assert answered.status_code == 200
    found: list[dict[str, Any]] = answered.get_json()
    return found


def test_beside_the_ticket(desk: Browser, number: int, articles: tuple[int, int]) -> None:
    with bus.unit_of_work():
        linked.read_before(db.session.get_one(Case, number), [articles[0]])
    page = desk.soup(f"/agent/t/{number}/articles").select_one("main")
    assert page is not None
    links = [str(one["href"]) for one in page.select(".fits a")]
    assert sorted(links) == [f"/ru/a/{articles[0]}-chek", f"/ru/a/{articles[1]}-mastera"]
    assert "Читал до обращения" in page.get_text()
    puts = [str(one["data-insert-text"]) for one in page.select("[data-insert-text]")]
    assert sorted(puts)[1].endswith(f"/ru/a/{articles[0]}-chek")
    panel = desk.soup(f"/agent/t/{number}").select_one(f"#beside-{number} a")
    assert panel is not None
    assert panel["href"] == f"/agent/t/{number}/articles"


def test_in_an_answer_only_what_everybody_may_read(
    desk: Browser, number: int, articles: tuple[int, int]
) -> None:
    (fits,) = named(desk, number, kind="reply")
    assert fits["insert"].startswith("Терминал не печатает чек: что делать: http")
    assert fits["text"] == "Бумага\nВставьте новую ленту."
    assert len(named(desk, number, kind="note")) == 2
    assert [one["name"] for one in named(desk, number, kind="reply", q="термоголовка")] == []
    assert len(named(desk, number, kind="note", q="термоголовка")) == 1
    assert named(desk, number, kind="reply", q="\x00' OR 1=1 --" * 20) in ([], [fits])


def test_of_a_ticket_that_is_hidden(client: Browser, number: int, ivan: Customer) -> None:
    sign_in(client, ivan)
    assert client.get(f"/agent/articles?case={number}").status_code in (302, 303, 403, 404)
    assert client.get("/agent/articles").status_code in (302, 303, 403, 404)


def test_no_ticket(desk: Browser) -> None:
    assert desk.get("/agent/articles?case=999999").status_code == 404
    assert desk.get("/agent/articles").status_code == 404


def test_the_staff_reads_internal_articles_and_nobody_else(
    client: Browser, articles: tuple[int, int], masha: Staff
) -> None:
    address = f"/ru/a/{articles[1]}-mastera"
    assert client.get(address).status_code == 404
    sign_in(client, masha)
    page = client.soup(address)
    assert "видят только сотрудники" in page.select_one("main").get_text()
    assert page.select_one("form[action$='/vote']") is None
