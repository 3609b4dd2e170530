"""An article as it would read while it is written, and what differs between its versions."""

import pytest

from desk.difference import difference
from models import ArticleState, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.faq import answer
from tests.support.people import sign_in, token_of


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def shown(desk: Browser, body: str) -> str:
    token = token_of(desk, "/agent/kb/new")
    answered = desk.post("/agent/kb/preview", data={"body": body, "csrf_token": token})
    assert answered.status_code == 200
    return answered.get_data(as_text=True)


def test_markdown_and_nothing_that_runs(desk: Browser) -> None:
    answer("Есть")
    said = shown(desk, "## Шаг\n\n**жирно** <script>alert(1)</script> [x](javascript:alert(1))")
    assert "<strong>жирно</strong>" in said
    assert "<script" not in said
    assert "javascript:" not in said.replace("javascript:alert(1)</", "")


def test_links_that_lead_nowhere(desk: Browser) -> None:
    there = answer("Есть", slug="est")
    draft = answer("Черновик", slug="draft", state=ArticleState.DRAFT)
    body = f"""## Шаг

[a](/ru/a/{there}-est) [b](/en/a/{there}) [c](/ru/c/delivery) [d](#s-shag) [e](https://example.com)
[f](/ru/a/{draft}) [g](/ru/a/999999-net) [h](/ru/c/net) [i](#net) [j](est.html)"""
    box = parsed(
        desk.post(
            "/agent/kb/preview", data={"body": body, "csrf_token": token_of(desk, "/agent/kb/new")}
        )
    )
    wrong = [one.get_text().partition(":")[0] for one in box.select(".callout p")]
    assert wrong == [f"/ru/a/{draft}", "/ru/a/999999-net", "/ru/c/net", "#net", "est.html"]


def test_too_long_and_rights(desk: Browser, client: Browser) -> None:
    answer("Есть")
    token = token_of(desk, "/agent/kb/new")
    long = desk.post("/agent/kb/preview", data={"body": "я" * 200_001, "csrf_token": token})
    assert long.status_code == 422
    stranger = desk.application.test_client()
    assert stranger.post("/agent/kb/preview", data={"body": "x"}).status_code in (302, 303, 419)


def test_versions_beside_each_other(desk: Browser) -> None:
    number = answer("Смена адреса", body="Пока заказ на складе.\n\nНажмите кнопку.")
    page = f"/agent/kb/{number}?lang=ru"
    form = "form[data-unsaved]"
    desk.submit(page, form, title="Смена адреса", body="Пока заказ на складе.\n\nНажмите ссылку.")
    links = [str(one["href"]) for one in desk.soup(page).select("a[href*='/compare']")]
    assert links == [f"/agent/kb/{number}/compare?lang=ru&old=1&new=2"]
    both = desk.soup(links[0])
    assert [one.get_text() for one in both.select("del")] == ["кнопку"]
    assert [one.get_text() for one in both.select("ins")] == ["ссылку"]
    assert desk.submit(links[0], "form[action$='/restore']", version="1").status_code == 303
    for wrong in ("old=1&new=9", "old=7&new=2"):
        assert desk.get(f"/agent/kb/{number}/compare?{wrong}").status_code == 404
    assert desk.get("/agent/kb/999999/compare").status_code == 404


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "новое"),
        ("а\nб\nв\n", "а\nв\n"),
        ("одно и то же", "одно и то же"),
        ("слово за слово\n", "слово на слово\nи ещё\n"),
        ("x\n" * 5000, "y\n" * 5000),
    ],
)
def test_the_runs_of_a_difference_give_both_texts_back(before: str, after: str) -> None:
    left, right = difference(before, after)
    assert "".join(run.text for run in left) == before
    assert "".join(run.text for run in right) == after
    same = "".join(run.text for run in left if not run.differs)
    assert same == "".join(run.text for run in right if not run.differs)
    assert (left == right) == (before == after)
