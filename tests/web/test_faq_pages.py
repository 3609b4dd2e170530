"""The help pages: home, sections, answers, and what must not be seen there."""

import pytest
from itsdangerous import TimestampSigner

from core import bus
from core.clock import Frozen
from core.db import db
from models import Article, ArticleState
from tests.support.client import Client
from tests.support.faq import answer
from tests.support.statements import reads, scans, statements


def test_front_door_speaks_the_language_of_the_browser(client: Client) -> None:
    russian = client.get("/", headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"})
    english = client.get("/", headers={"Accept-Language": "de,en;q=0.5"})

    assert (russian.status_code, russian.location) == (302, "/ru/")
    assert (english.status_code, english.location) == (302, "/en/")
    assert "Accept-Language" in russian.headers["Vary"]


def test_language_last_read_in_is_remembered(client: Client) -> None:
    client.get("/en/")

    assert client.get("/", headers={"Accept-Language": "ru"}).location == "/en/"


def test_home_has_search_sections_popular_answers_and_contact(client: Client) -> None:
    answer("Как изменить адрес доставки", "How to change the address")
    answer("Секретное", state=ArticleState.INTERNAL)
    answer("Недописанное", state=ArticleState.DRAFT)

    page = client.soup("/ru/")

    assert page.html["lang"] == "ru"
    assert page.h1.get_text() == "Чем помочь?"
    assert page.select_one('form[role=search][action="/ru/search"] input[name=q]')
    assert page.select_one(".topic-n").get_text() == "1 ответ"
    assert [a.get_text() for a in page.select(".links-i a")] == ["Как изменить адрес доставки"]
    assert page.select_one('a[href="/ru/contact"]')
    assert page.select_one('link[hreflang=en][href="/en/"]')
    assert page.select_one('link[hreflang=ru][href="/ru/"]')


def test_home_in_english(client: Client) -> None:
    answer("Как изменить адрес доставки", "How to change the address")

    page = client.soup("/en/")

    assert page.html["lang"] == "en"
    assert page.h1.get_text() == "How can we help?"
    assert page.select_one(".links-i a").get_text() == "How to change the address"


def test_home_of_an_empty_desk_leads_to_the_form(client: Client) -> None:
    assert "Готовых ответов здесь пока нет" in client.soup("/ru/").get_text()


def test_section_lists_its_answers(client: Client) -> None:
    answer("Как изменить адрес доставки")
    answer("Черновик", state=ArticleState.DRAFT)

    page = client.soup("/ru/c/delivery")

    assert page.h1.get_text() == "Доставка"
    assert [a.get_text() for a in page.select(".links-i a")] == ["Как изменить адрес доставки"]
    assert client.get("/ru/c/nothing").status_code == 404


def test_section_without_public_answers_is_not_there(client: Client) -> None:
    answer("Черновик", state=ArticleState.DRAFT)

    assert client.get("/ru/c/delivery").status_code == 404


def test_article_has_contents_anchors_date_and_crumbs(client: Client) -> None:
    number = answer("Как изменить адрес доставки", "How to change the address")

    page = client.soup(f"/ru/a/{number}-otvet")

    assert page.h1.get_text() == "Как изменить адрес доставки"
    assert [a["href"] for a in page.select(".toc a")] == [
        "#s-poka-zakaz-na-sklade",
        "#s-kogda-kurer-uzhe-v-puti",
        "#s-sroki-i-tsena",
    ]
    assert all(page.select_one(a["href"]) for a in page.select(".toc a"))
    assert "2 марта 2026" in page.select_one(".art-meta").get_text()
    assert [a["href"] for a in page.select(".crumbs a")] == ["/ru/", "/ru/c/delivery"]
    assert page.select_one(".head-lang")["href"] == f"/en/a/{number}-otvet-en"


def test_article_with_few_headings_needs_no_contents(client: Client) -> None:
    number = answer("Коротко", body="## А\n\nБ")

    assert not client.soup(f"/ru/a/{number}-otvet").select(".toc")


@pytest.mark.parametrize("path", ["/ru/a/{}", "/ru/a/{}-staryi-adres", "/ru/a/{}-otvet-en"])
def test_other_addresses_of_an_article_lead_to_the_one(client: Client, path: str) -> None:
    number = answer("Как изменить адрес доставки", "How to change the address")

    response = client.get(path.format(number))

    assert (response.status_code, response.location) == (301, f"/ru/a/{number}-otvet")


def test_article_without_translation_says_so(client: Client) -> None:
    number = answer("Как изменить адрес доставки")

    page = client.soup(f"/en/a/{number}-otvet")

    assert page.html["lang"] == "en"
    assert page.article["lang"] == "ru"
    assert "in Russian only" in page.article.get_text()


@pytest.mark.parametrize("state", [ArticleState.DRAFT, ArticleState.INTERNAL])
def test_what_is_not_published_is_nowhere(client: Client, state: ArticleState) -> None:
    public = answer("Доставка за город", slug="zagorod")
    hidden = answer("Канарейка доставки", slug="kanareika", state=state)

    assert client.get(f"/ru/a/{hidden}-kanareika").status_code == 404
    assert client.get(f"/ru/a/{hidden}").status_code == 404
    for path in (
        "/ru/",
        "/ru/c/delivery",
        f"/ru/a/{public}-zagorod",
        "/ru/search?q=канарейка+доставки",
        "/ru/contact/suggest?subject=канарейка+доставки",
        "/sitemap.xml",
    ):
        shown = client.get(path).get_data(as_text=True)
        assert "Канарейка" not in shown, path
        assert "kanareika" not in shown, path


def test_unknown_page_has_search_and_contact(client: Client) -> None:
    response = client.get("/ru/a/99999-nothing")
    page = response.get_data(as_text=True)

    assert response.status_code == 404
    assert 'action="/ru/search"' in page
    assert 'href="/ru/contact"' in page
    assert client.get("/ru/a/99999999999999999999").status_code == 404


def test_article_that_did_not_change_is_not_sent_again(
    client: Client, clock: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = answer("Как изменить адрес доставки")
    path = f"/ru/a/{number}-otvet"

    first = client.get(path)
    second = TimestampSigner.get_timestamp  # tokens of forms are signed with it
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: second(signer) + 60)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.get_data()) == (304, b"")
    with bus.unit_of_work():
        db.session.get_one(Article, number).updated_at = clock.advance(minutes=1)
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_reader_is_counted_once_a_session(client: Client) -> None:
    number = answer("Как изменить адрес доставки")

    for _ in range(3):
        client.get(f"/ru/a/{number}-otvet")

    assert db.session.get_one(Article, number).views == 1


def test_sitemap_and_robots(client: Client) -> None:
    number = answer("Как изменить адрес доставки", "How to change the address")

    sitemap = client.get("/sitemap.xml")
    robots = client.get("/robots.txt").get_data(as_text=True)

    assert sitemap.mimetype == "application/xml"
    assert f"http://localhost/en/a/{number}-otvet-en" in sitemap.get_data(as_text=True)
    assert "Disallow: /r/" in robots
    assert "/sitemap.xml" in robots


def test_statements_of_the_pages_are_few(client: Client) -> None:
    number = answer("Как изменить адрес доставки", "How to change the address")
    answer("Курьер не приехал", slug="kurier")
    for path, limit in (("/ru/", 8), (f"/ru/a/{number}-otvet", 10), ("/ru/search?q=адрес", 10)):
        client.get(path)
        with statements() as asked:
            client.get(path)
        assert len(reads(asked)) <= limit, (path, asked)
        assert not scans(asked)


def test_an_address_that_leads_nowhere_keeps_its_language(client: Client) -> None:
    for lang, other in (("en", "ru"), ("ru", "en")):
        page = client.get(f"/{lang}/nowhere", headers={"Accept-Language": other})
        assert (page.status_code, f'<html lang="{lang}"' in page.get_data(as_text=True)) == (
            404,
            True,
        )
