"""Did it help: one vote a browser, changeable, with and without htmx."""

from flask import Flask

from core.db import db
from models import Article, ArticleVote
from tests.support.client import Client, parsed
from tests.support.faq import answer

NO = ".vote-form"
YES = ".vote-row > form"


def votes() -> list[tuple[int, str, str]]:
    rows = db.session.query(ArticleVote).order_by(ArticleVote.id)
    return [(row.value, row.reason, row.comment) for row in rows]


def test_yes_is_thanked_and_counted(client: Client) -> None:
    number = answer("Как изменить адрес доставки")
    path = f"/ru/a/{number}-otvet"

    response = client.submit(path, YES, vote="yes")

    assert (response.status_code, response.location) == (303, f"{path}#vote")
    assert "Спасибо" in client.soup(path).select_one("#vote").get_text()
    assert "Помог 1 человеку." in client.soup(path).select_one("#vote").get_text()
    assert db.session.get_one(Article, number).helped == 1


def test_no_twice_is_one_row_with_the_last_reason(client: Client) -> None:
    path = f"/ru/a/{answer('Как изменить адрес доставки')}-otvet"

    client.submit(path, NO, vote="no", reason="outdated")
    client.submit(path, NO, vote="no", reason="unclear", comment="Где кнопка?")

    assert votes() == [(-1, "unclear", "Где кнопка?")]


def test_vote_can_be_changed(client: Client) -> None:
    number = answer("Как изменить адрес доставки")
    path = f"/ru/a/{number}-otvet"

    client.submit(path, NO, vote="no", reason="other")
    client.submit(path, YES, vote="yes")

    assert votes() == [(1, "", "")]
    article = db.session.get_one(Article, number)
    assert (article.helped, article.not_helped) == (1, 0)


def test_two_browsers_are_two_votes(client: Client, app: Flask) -> None:
    path = f"/ru/a/{answer('Как изменить адрес доставки')}-otvet"

    client.submit(path, YES, vote="yes")
    Client(app).submit(path, YES, vote="yes")

    assert len(votes()) == 2


def test_htmx_gets_the_box_alone(client: Client) -> None:
    path = f"/ru/a/{answer('Как изменить адрес доставки')}-otvet"
    form = client.soup(path).select_one(YES)
    fields = {one["name"]: one["value"] for one in form.select("input")}

    response = client.post(
        form["hx-post"], data={**fields, "vote": "yes"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 200
    assert parsed(response).select_one("#vote .vote-thanks")
    assert not parsed(response).select("html, h1")


def test_bad_votes_are_refused_with_the_page(client: Client) -> None:
    number = answer("Как изменить адрес доставки")
    path = f"/ru/a/{number}-otvet"

    for bad in (
        {"vote": "maybe"},
        {"vote": "no", "reason": "zzz"},
        {"vote": "no", "comment": "я" * 1001},
    ):
        form = client.soup(path).select_one(NO)
        fields = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
        response = client.post(str(form["action"]), data={**fields, **bad})
        assert response.status_code == 422, bad
        assert parsed(response).title.get_text().startswith("Ошибка:")
        assert parsed(response).select_one("[data-error-summary]")
    assert votes() == []


def test_vote_needs_a_token_and_a_public_answer(client: Client) -> None:
    assert client.post("/ru/a/1/vote", data={"vote": "yes"}).status_code == 419
    path = f"/ru/a/{answer('Как изменить адрес доставки')}-otvet"
    form = client.soup(path).select_one(YES)
    fields = {one["name"]: one["value"] for one in form.select("input")}
    assert client.post("/ru/a/99999/vote", data={**fields, "vote": "yes"}).status_code == 404
