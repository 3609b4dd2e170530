"""Sections of a direction, and for clients of some categories: others learn nothing of them."""

import pytest

from core import bus
from core.db import db
from desk import catalog, readers
from desk.search import search_articles
from models import ArticleCategory, ArticleIndex, Client, ClientCategory, Direction, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.faq import answer
from tests.support.people import customer, sign_in

LIST = "/agent/kb/sections"
FORM = "main form.card"


@pytest.fixture
def key_client(client: Browser) -> Client:
    """A client of the category "key"."""
    person = customer("Кирилл", "kirill@key.example")
    with bus.unit_of_work():
        category = ClientCategory(key="key", name_ru="Ключевые", name_en="Key accounts")
        db.session.add(category)
        db.session.get_one(Client, person.id).categories = [category]
        catalog.changed()
    return person


@pytest.fixture
def head(client: Browser, olga: Staff, key_client: Client) -> Browser:
    return sign_in(client, olga)


def section(slug: str) -> int:
    with bus.unit_of_work(writes=False):
        return db.session.query(ArticleCategory.id).filter_by(slug=slug).scalar()


def limit(head: Browser, slug: str, **values: object) -> None:
    assert head.submit(f"{LIST}/{section(slug)}", FORM, **values).status_code == 303


def category() -> str:
    with bus.unit_of_work(writes=False):
        return str(db.session.query(ClientCategory.id).filter_by(key="key").scalar())


def direction(key: str, name: str) -> str:
    with bus.unit_of_work():
        row = Direction(key=key, name_ru=name, position=len(key))
        db.session.add(row)
        db.session.flush()
        catalog.changed()
        return str(row.id)


def stranger(head: Browser) -> Browser:
    return Browser(head.application, head.application.response_class)


def test_only_clients_of_the_category_and_the_staff_read_it(
    head: Browser, key_client: Client, ivan: Client
) -> None:
    number = answer("Выделенный дирижабль", body="Летает.", section="vip", slug="air")
    answer("Обычная доставка", section="delivery", slug="dost")
    limit(head, "vip", readers=[category()])
    address = f"/ru/a/{number}-air"
    other = stranger(head)
    for reader, may in ((None, False), (ivan, False), (key_client, True)):
        browser = sign_in(other, reader) if reader else other
        assert browser.get(address).status_code == (200 if may else 404), reader
        assert browser.get("/ru/c/vip").status_code == (200 if may else 404)
        assert ("Выделенный" in browser.get("/ru/search?q=дирижабль").text) == may
        assert ("Выделенный" in browser.get("/ru/").text) == may
        assert "-air" not in browser.get("/sitemap.xml").text
    with bus.unit_of_work(writes=False):
        assert search_articles("дирижабель", "ru").understood == "дирижабель"
        assert search_articles("дирижабль", "ru", who=readers.STAFF).hits
    assert sign_in(other, db.session.get_one(Staff, head_id(head))).get(address).status_code == 200


def head_id(head: Browser) -> int:
    with head.session_transaction() as session:
        return int(str(session["_user_id"]).partition(".")[0])


def test_what_lies_within_is_limited_too_and_set_free_again(
    head: Browser, key_client: Client
) -> None:
    number = answer("Дирижабль", section="inner", slug="air")
    answer("Есть", section="outer", slug="est")
    limit(head, "inner", parent=str(section("outer")))
    limit(head, "outer", readers=[category()])
    other = stranger(head)
    assert other.get(f"/ru/a/{number}-air").status_code == 404
    assert "Дирижабль" not in other.get("/ru/search?q=дирижабль").text
    limit(head, "outer", readers=[])
    assert other.get(f"/ru/a/{number}-air").status_code == 200
    assert f"a/{number}-air" in other.get("/ru/search?q=дирижабль").text
    with bus.unit_of_work(writes=False):
        assert {row.audience for row in db.session.query(ArticleIndex)} == {"public"}


def test_a_direction_is_chosen_and_remembered(head: Browser) -> None:
    mars, repair = direction("mars", "Марс"), direction("fix", "Ремонт")
    first = answer("Шлюз на Марсе", section="mars", slug="shlyuz")
    answer("Шлюз терминала", section="fix", slug="term")
    answer("Шлюз для всех", section="all", slug="vse")
    limit(head, "mars", direction=mars)
    limit(head, "fix", direction=repair)
    other = stranger(head)
    chips = [one.get_text(strip=True) for one in other.soup("/ru/").select("nav .chip")]
    assert chips == ["Всё", "Ремонт", "Марс"] or chips == ["Всё", "Марс", "Ремонт"]
    every = other.get("/ru/search?q=шлюз").text
    assert all(slug in every for slug in ("shlyuz", "-term", "-vse"))
    chosen = other.get("/ru/search?q=шлюз&direction=fix").text
    assert "shlyuz" not in chosen
    assert all(slug in chosen for slug in ("-term", "-vse"))
    again = other.get("/ru/").text
    assert "Шлюз на Марсе" not in again
    assert "Шлюз терминала" in again
    assert other.get(f"/ru/a/{first}-shlyuz").status_code == 200  # by its address
    assert "shlyuz" in other.get("/ru/search?q=шлюз&direction=").text
    assert "shlyuz" in other.get("/ru/search?q=шлюз").text
    assert other.get("/ru/?direction=nonsense").status_code == 200


def test_limits_that_are_not_there(head: Browser) -> None:
    answer("Есть", section="delivery", slug="est")
    page = f"{LIST}/{section('delivery')}"
    refused = head.submit(page, FORM, readers=["9999"])
    assert refused.status_code == 422
    assert "категории" in parsed(refused).select_one("main").get_text()
    assert head.submit(page, FORM, direction="9999").status_code == 422
    assert head.submit(page, FORM, readers=["x"]).status_code in (200, 422)


def test_removing_a_limited_section_frees_what_moves(head: Browser) -> None:
    number = answer("Дирижабль", section="vip", slug="air")
    answer("Есть", section="delivery", slug="est")
    limit(head, "vip", readers=[category()])
    head.submit(
        f"{LIST}/{section('vip')}", "form[action$='/remove']", into=str(section("delivery"))
    )
    assert stranger(head).get(f"/ru/a/{number}-air").status_code == 200
