"""The tree of sections: made, moved, renamed with the old address leading on, removed."""

import pytest

from core import bus
from core.db import db
from desk.search import search_articles
from models import Article, ArticleCategory, Staff
from tests.support.client import Client as Browser
from tests.support.faq import answer
from tests.support.people import sign_in

LIST = "/agent/kb/sections"
FORM = "main form.card"


@pytest.fixture
def head(client: Browser, olga: Staff) -> Browser:
    return sign_in(client, olga)


def made(head: Browser, name: str, **more: str) -> int:
    assert head.submit(f"{LIST}/new", FORM, name_ru=name, **more).status_code == 303
    return db.session.query(ArticleCategory).filter_by(name_ru=name).one().id


def shown(head: Browser) -> list[str]:
    return [one.get_text(strip=True) for one in head.soup(LIST).select("main h2")]


def test_a_tree_in_its_order_as_clients_see_it(head: Browser, client: Browser) -> None:
    assert "Разделов пока нет" in head.soup(LIST).select_one("main").get_text()
    first, second = made(head, "Доставка", icon="truck"), made(head, "Оплата")
    inside = made(head, "Курьеры", parent=str(first), about_ru="Где и когда")
    deep = made(head, "Ночные", parent=str(inside))
    assert shown(head) == ["Доставка", "Курьеры", "Ночные", "Оплата"]
    head.submit(LIST, "form[action$='/move']", up=str(second))
    assert shown(head) == ["Оплата", "Доставка", "Курьеры", "Ночные"]
    head.submit(LIST, "form[action$='/move']", up=str(second))
    assert shown(head)[0] == "Оплата"
    assert head.submit(f"{LIST}/new", FORM, name_ru="Глубже", parent=str(deep)).status_code == 422
    refused = head.submit(f"{LIST}/{first}", FORM, parent=str(inside))
    assert refused.status_code == 422
    number = answer("Ночной курьер", section="nochnye", slug="noch")
    home = client.soup("/ru/")
    assert [one.get_text(strip=True) for one in home.select(".topic-h")] == ["Доставка"]
    assert home.select_one(".topic-n").get_text(strip=True) == "1 ответ"
    page = client.soup("/ru/c/dostavka")
    assert [one.get_text(strip=True) for one in page.select(".topic-h")] == ["Курьеры"]
    crumbs = client.soup(f"/ru/a/{number}").select(".crumbs a")
    assert [one.get_text(strip=True) for one in crumbs][1:] == ["Доставка", "Курьеры", "Ночные"]
    assert client.get("/ru/c/oplata").status_code == 404
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    assert sitemap.count("/ru/c/") == 3


def test_a_new_name_and_address(head: Browser, client: Browser) -> None:
    section = made(head, "Доставка")
    answer("Ночной курьер", body="Приедет.", section="dostavka", slug="noch")
    assert (
        head.submit(f"{LIST}/{section}", FORM, name_ru="Логистика", slug="Logistika!").status_code
        == 303
    )
    moved = client.get("/ru/c/dostavka")
    assert (moved.status_code, moved.location) == (301, "/ru/c/logistika")
    with bus.unit_of_work(writes=False):
        assert [hit.category for hit in search_articles("логистика", "ru").hits] == ["Логистика"]
    other = made(head, "Логистика 2", slug="logistika")
    assert db.session.get_one(ArticleCategory, other).slug == "logistika-2"
    assert head.submit(f"{LIST}/{section}", FORM, slug="dostavka").status_code == 303
    assert client.get("/ru/c/dostavka").status_code == 200
    assert client.get("/ru/c/logistika").status_code == 301


def test_removing_one_moves_what_is_in_it(head: Browser, client: Browser) -> None:
    first, second = made(head, "Доставка"), made(head, "Оплата")
    inside = made(head, "Курьеры", parent=str(first))
    number = answer("Ночной курьер", section="dostavka", slug="noch")
    form = "form[action$='/remove']"
    for into in ("", str(first), str(inside), "999999", "x"):
        page = f"{LIST}/{first}"
        sent = head.submit(page, form, into=into)
        assert sent.status_code == 422, into
    assert head.submit(f"{LIST}/{first}", form, into=str(second)).status_code == 303
    assert db.session.get_one(Article, number).category_id == second
    assert db.session.get_one(ArticleCategory, inside).parent_id is None
    assert client.get("/ru/c/dostavka").location == "/ru/c/oplata"
    assert head.submit(f"{LIST}/{inside}", form).status_code == 303


@pytest.mark.parametrize(
    "values",
    [
        {"name_ru": ""},
        {"name_ru": "я" * 121},
        {"about_ru": "я" * 301},
        {"parent": "999999"},
        {"parent": "x"},
        {"icon": "<script>"},
    ],
)
def test_what_can_not_be_taken_is_named(head: Browser, values: dict[str, str]) -> None:
    fields = {"name_ru": "Раздел", **values}
    refused = head.submit(f"{LIST}/new", FORM, **fields)
    assert refused.status_code == 422
    assert db.session.query(ArticleCategory).count() == 0


def test_who_may(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}/new").status_code == 403
