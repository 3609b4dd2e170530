"""The pages of synonyms: list, add, change by one of two, delete and bring back, each once."""

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.db import db
from desk import synonyms
from models import Staff, SynonymGroup
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.reading import words

LIST = "/admin/synonyms"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


@pytest.fixture
def group(anton: Staff) -> int:
    with bus.unit_of_work():
        return synonyms.create(["курьер", "водитель"], by=anton).id


def said() -> list[list[str]]:
    db.session.expire_all()
    with bus.unit_of_work(writes=False):
        return [group.words for group in synonyms.groups()]


def form(soup: BeautifulSoup, action: str) -> dict[str, str]:
    found = soup.select_one(f'form[action="{action}"]')
    assert found is not None, action
    return {name: str(value).strip() for name, value in filled(found).items()}


def test_an_empty_list_says_what_it_is_for(admin: Browser) -> None:
    assert "Групп пока нет" in words(admin.soup(LIST), "main")


def test_a_group_is_added_once(admin: Browser) -> None:
    new = f"{LIST}/new"
    values = form(admin.soup(new), new) | {"words": "курьер, водитель\nдоставщик"}
    for _sending in range(2):
        answer = admin.post(new, data=values)
        assert (answer.status_code, answer.location) == (303, LIST)
    assert said() == [["курьер", "водитель", "доставщик"]]
    assert words(admin.soup(LIST), ".line-name") == "курьер, водитель, доставщик"


def test_what_makes_no_group_comes_back(admin: Browser) -> None:
    new = f"{LIST}/new"
    answer = admin.post(new, data=form(admin.soup(new), new) | {"words": "один"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert "хотя бы два разных слова" in words(page, ".errors")
    assert form(page, new)["words"] == "один"


def test_one_of_two_is_told_and_may_insist(admin: Browser, group: int, anton: Staff) -> None:
    page = f"{LIST}/{group}"
    mine = form(admin.soup(page), page) | {"words": "курьер, шофёр"}
    with bus.unit_of_work():
        synonyms.change(synonyms.group_for(group), ["курьер", "гонец"], base=1, by=anton)
    answer = admin.post(page, data=mine)
    assert answer.status_code == 409
    told = parsed(answer)
    assert "курьер, гонец" in words(told, ".overtaken")
    assert form(told, page)["words"] == "курьер, шофёр"
    assert admin.post(page, data=form(told, page)).status_code == 303
    assert said() == [["курьер", "шофёр"]]


def test_deleted_and_brought_back(admin: Browser, group: int) -> None:
    delete = f"{LIST}/{group}/delete"
    answer = admin.post(delete, data=form(admin.soup(LIST), delete))
    assert answer.location == f"{LIST}?deleted={group}"
    assert said() == []
    back = f"{LIST}/{group}/undelete"
    answer = admin.post(back, data=form(admin.soup(answer.location), back))
    assert answer.location == LIST
    assert said() == [["курьер", "водитель"]]
    assert admin.get(f"{LIST}/{group + 1}").status_code == 404


def test_agents_read_and_do_not_change(client: Browser, masha: Staff, group: int) -> None:
    agent = sign_in(client, masha)
    page = agent.soup(LIST)
    assert words(page, ".line-name") == "курьер, водитель"
    assert not page.select("main form, main a[href*=synonyms]")
    assert agent.get(f"{LIST}/{group}").status_code == 403
    assert agent.get(f"{LIST}/new").status_code == 403
    form_of_me = agent.soup("/agent/").select_one("[name=csrf_token]")
    assert form_of_me is not None
    token = {"csrf_token": str(form_of_me["value"]), "form_key": "x" * 20, "words": "а, б"}
    for address in ("new", str(group), f"{group}/delete", f"{group}/undelete"):
        assert agent.post(f"{LIST}/{address}", data=token).status_code == 403
    assert db.session.query(SynonymGroup).count() == 1
