"""Search: results, what was understood, nothing found, and what is written down of it."""

import pytest

from core.clock import Frozen
from core.db import db
from models import SearchQuery
from tests.support.client import Client, parsed
from tests.support.faq import answer

HTMX = {"HX-Request": "true"}


def queries() -> list[tuple[str, int]]:
    return [(row.query, row.hits) for row in db.session.query(SearchQuery).order_by(SearchQuery.id)]


def test_search_finds_and_says_how_many(client: Client) -> None:
    number = answer("Как изменить адрес доставки")

    page = client.soup("/ru/search?q=адреса")

    assert page.select_one("#search_status[role=status]").get_text() == "1 ответ"
    assert page.select_one(".hit-h a")["href"] == f"/ru/a/{number}-otvet"
    assert page.select_one(".hit-h mark").get_text() == "адрес"
    assert page.select_one("input[name=q]")["value"] == "адреса"


def test_as_one_types_only_the_results_come(client: Client) -> None:
    answer("Как изменить адрес доставки")

    response = client.get("/ru/search?q=адрес", headers=HTMX)
    text = response.get_data(as_text=True)

    assert "HX-Request" in response.headers["Vary"]
    assert "<html" not in text
    assert 'id="results"' in text
    assert 'id="search_status" hx-swap-oob' in text
    assert text.lstrip().startswith("<title>Поиск: адрес")


def test_wrong_layout_is_read_and_can_be_refused(client: Client) -> None:
    answer("Лицензия не активируется")

    page = client.soup("/ru/search?q=kbwtypbz")

    assert page.select_one(".hit-h a").get_text() == "Лицензия не активируется"
    assert page.select_one(".heard-to").get_text() == "лицензия"
    exact = page.select_one(".heard-why a")["href"]
    assert "exact=1" in exact
    assert "Такого ответа у нас пока нет" in client.soup(exact).get_text()


def test_nothing_found_leads_on(client: Client) -> None:
    answer("Как изменить адрес доставки")

    page = client.soup("/ru/search?q=qqqqzz")

    assert "Такого ответа у нас пока нет" in page.get_text()
    assert page.select_one(".none-act a")["href"] == "/ru/contact?subject=qqqqzz"
    assert page.select_one(".links-i a").get_text() == "Как изменить адрес доставки"
    assert client.soup("/ru/contact?subject=qqqqzz").select_one("#subject")["value"] == "qqqqzz"


def test_little_words_are_asked_for_more_and_not_noted_as_a_gap(client: Client) -> None:
    answer("Как изменить адрес доставки")

    for query in ("и", "AND", "??", "🚚"):
        page = client.soup("/ru/search", query_string={"q": query})
        assert page.select_one("#results h2").get_text() == "Напишите чуть подробнее"
        assert page.select_one("#search_status").get_text() == "Напишите чуть подробнее"
        assert f"«{query}» искать нечего" in page.select_one(".none").get_text().replace(
            "\xa0", " "
        )
        assert page.select(".links-i a")

    assert queries() == []


def test_empty_query_shows_the_sections(client: Client) -> None:
    answer("Как изменить адрес доставки")

    assert client.soup("/ru/search?q=").select(".topic")
    assert queries() == []


def test_search_is_noted_once_a_visitor_and_query(client: Client, clock: Frozen) -> None:
    answer("Как изменить адрес доставки")
    for query in ("qqqqzz", "qqqqzz", "адрес", "qqqqzz"):
        clock.advance(minutes=2)
        client.get(f"/ru/search?q={query}")

    assert queries() == [("qqqqzz", 0), ("адрес", 1)]

    client.delete_cookie("visitor")
    client.get("/ru/search?q=qqqqzz")
    assert len(queries()) == 3


def test_half_typed_words_give_way_to_the_whole(client: Client, clock: Frozen) -> None:
    answer("Как изменить адрес доставки")
    for query in ("ад", "адр", "адрес"):
        clock.advance(seconds=1)
        client.get(f"/ru/search?q={query}", headers=HTMX)

    assert queries() == [("адрес", 1)]


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", "' OR 1=1 --", '"', "%00", "a" * 5000, "*", "NEAR(", "ё" * 300],
)
def test_any_query_is_answered(client: Client, query: str) -> None:
    answer("Как изменить адрес доставки")

    response = client.get("/ru/search", query_string={"q": query})

    assert response.status_code == 200
    assert "<script>alert(1)" not in response.get_data(as_text=True)


def test_results_in_the_other_language_are_marked(client: Client) -> None:
    number = answer("Как изменить адрес доставки")

    page = client.soup("/en/search?q=адрес доставки")

    assert page.select_one(".hit")["lang"] == "ru"
    assert page.select_one(".hit-h a")["href"] == f"/ru/a/{number}-otvet"


def test_page_and_piece_are_the_same(client: Client) -> None:
    answer("Как изменить адрес доставки")

    whole = client.soup("/ru/search?q=адрес").select_one("#results")
    piece = parsed(client.get("/ru/search?q=адрес", headers=HTMX)).select_one("#results")

    assert whole.select_one(".hits") == piece.select_one(".hits")
