"""Lists: whose tickets are in them, order, paging, counts, search."""

import re

import pytest

from core import bus
from core.db import db
from desk import catalog, tags, tickets
from models import Case, Client, Direction, Staff
from tests.support.client import Client as Browser
from tests.support.people import hire, sign_in, token_of
from tests.support.statements import scans, statements
from tests.support.tickets import opened


def numbers(page: object) -> list[int]:
    rows = page.select("li[data-row]")  # type: ignore[attr-defined]
    return [int(row["id"].removeprefix("row-")) for row in rows]


def test_strangers_are_led_to_sign_in(client: Browser) -> None:
    assert client.get("/agent/inbox/all").location.startswith("/signin?next=/agent/inbox/all")
    piece = client.get("/agent/inbox/all", headers={"HX-Request": "true"})
    assert piece.status_code == 204
    assert piece.headers["HX-Redirect"].startswith("/signin")


def test_clients_stay_outside(client: Browser, ivan: Client) -> None:
    assert sign_in(client, ivan).get("/agent/inbox/all").status_code == 403


def test_the_workspace_opens_where_one_was_last(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    assert client.get("/agent/").location == "/agent/inbox/mine"
    client.get("/agent/inbox/unassigned")
    assert client.get("/agent/").location == "/agent/inbox/unassigned"
    assert client.get("/agent/inbox/nonsense").status_code == 404


def test_each_view_has_its_tickets(
    client: Browser, masha: Staff, sergey: Staff, ivan: Client
) -> None:
    free, hers, team, done = (opened(ivan, f"Просьба {n}").id for n in range(4))
    with bus.unit_of_work():
        group = catalog.catalog().by_key("groups", "first")
        tickets.assign(db.session.get_one(Case, hers), masha)
        tickets.assign(db.session.get_one(Case, team), sergey)
        tickets.assign_group(db.session.get_one(Case, team), group)
        tickets.assign(db.session.get_one(Case, team), sergey)
        tickets.solve(db.session.get_one(Case, done))
    sign_in(client, masha)
    shown = {
        view: set(numbers(client.soup(f"/agent/inbox/{view}")))
        for view in ("mine", "unassigned", "group", "all", "solved")
    }
    assert shown == {
        "mine": {hers},
        "unassigned": {free},
        "group": {team},
        "all": {free, hers, team},
        "solved": {done},
    }
    counts = [each.get_text() for each in client.soup("/agent/inbox/all").select("#views .nav-n")]
    assert counts == ["3", "1", "1", "1", "0", "1"]


def test_a_row_says_what_one_needs_to_know(client: Browser, masha: Staff, ivan: Client) -> None:
    ticket = opened(ivan, "Терминал не печатает")
    with bus.unit_of_work():
        tags.add_tags(db.session.get_one(Case, ticket.id), ["ремонт"])
    row = sign_in(client, masha).soup("/agent/inbox/all").select_one("li[data-row]")
    text = " ".join(row.get_text(" ").split())
    for said in (
        "Иван Петров · Северный склад",
        "Терминал не печатает",
        "Помогите!",
        "Новое",
        "ремонт",
        "Ждёт ответа:",
    ):
        assert said in text
    assert "trow-unread" in row["class"]
    headers = {"X-CSRFToken": token_of(client, "/agent/inbox/all")}
    url = f"/agent/t/{ticket.id}/draft?kind=note"
    assert client.put(url, data={"text": "Спросить склад"}, headers=headers).status_code == 204
    with_draft = client.soup("/agent/inbox/all").select_one(".trow-snip").get_text(" ")
    assert with_draft.split() == ["Черновик:", "Спросить", "склад"]


@pytest.mark.parametrize("sort", ["updated", "due", "priority"])
def test_pages_follow_each_other_without_gap(
    client: Browser, masha: Staff, ivan: Client, clock: object, sort: str
) -> None:
    with bus.unit_of_work():
        made = [opened(ivan, f"Просьба {n}") for n in range(105)]
        for place, ticket in enumerate(made):
            ticket.priority = 1 + place % 3
            ticket.due_at = ticket.created_at if place % 2 else None
    sign_in(client, masha)
    url, seen = f"/agent/inbox/all?sort={sort}", []
    while url:
        page = client.soup(url)
        seen += numbers(page)
        more = page.select_one("#more a")
        url = str(more["href"]) if more else ""
    assert len(seen) == 105
    assert len(set(seen)) == 105
    if sort == "priority":
        by_number = {ticket.id: ticket.priority for ticket in made}
        assert [by_number[n] for n in seen] == sorted(by_number.values(), reverse=True)


def test_htmx_gets_the_next_rows_only(client: Browser, masha: Staff, ivan: Client) -> None:
    with bus.unit_of_work():
        for n in range(51):
            opened(ivan, f"Просьба {n}")
    more = sign_in(client, masha).soup("/agent/inbox/all").select_one("#more")
    piece = client.get(str(more["hx-get"]), headers={"HX-Request": "true", "HX-Target": "more"})
    text = piece.get_data(as_text=True)
    assert len(re.findall("data-row>|data-row\\b", text)) >= 1
    assert "<html" not in text


def test_a_nonsense_cursor_is_the_first_page(client: Browser, masha: Staff, ivan: Client) -> None:
    opened(ivan)
    sign_in(client, masha)
    for cursor in ("x", "0", "9.1.1", "0.1.1.1", "0.-1.2", "0." + "9" * 40 + ".1", "½.1.1"):
        response = client.get("/agent/inbox/all", query_string={"cursor": cursor})
        assert response.status_code == 200
        assert "data-row" in response.get_data(as_text=True)


def test_search_finds_by_number_and_words(client: Browser, masha: Staff, ivan: Client) -> None:
    printer, _other = opened(ivan, "Принтер жуёт бумагу"), opened(ivan, "Счёт за март")
    sign_in(client, masha)
    assert client.get(f"/agent/search?q={printer.id}").location == f"/agent/t/{printer.id}"
    found = numbers(client.soup("/agent/search?q=принтеры"))
    assert found == [printer.id]
    nothing = client.soup("/agent/search?q=оранжерея")
    assert "ничего не нашлось" in nothing.get_text()
    assert "искать нечего" in client.soup("/agent/search?q=🚚").get_text()


def test_one_confined_to_a_direction_sees_no_other(client: Browser, ivan: Client) -> None:
    with bus.unit_of_work():
        crimea = Direction(key="crimea", name_ru="Крым", name_en="Crimea")
        main = catalog.catalog().by_key("directions", "main")
        db.session.add(crimea)
        catalog.changed()
    confined = hire("Артём", "artem@kurier.example", directions=[crimea])
    hidden = opened(ivan, "Чужое", direction_id=main.id)
    own = opened(ivan, "Своё", direction_id=crimea.id)
    sign_in(client, confined)
    page = client.soup("/agent/inbox/all")
    assert numbers(page) == [own.id]
    assert page.select_one("#views .nav-n").get_text() == "1"
    assert client.get(f"/agent/t/{hidden.id}").status_code == 404
    headers = {"X-CSRFToken": token_of(client, "/agent/inbox/all")}
    draft = client.put(f"/agent/t/{hidden.id}/draft", data={"text": "x"}, headers=headers)
    assert draft.status_code == 404
    assert numbers(client.soup("/agent/search?q=чужое")) == []


def test_a_list_costs_six_statements(client: Browser, masha: Staff, ivan: Client) -> None:
    for n in range(12):
        ticket = opened(ivan, f"Просьба {n}")
        with bus.unit_of_work():
            tags.add_tags(db.session.get_one(Case, ticket.id), ["ремонт", f"метка-{n}"])
            tickets.assign(db.session.get_one(Case, ticket.id), masha)
    sign_in(client, masha)
    client.get("/agent/inbox/all")  # the catalog is read once
    for url in ("/agent/inbox/all", "/agent/inbox/all?sort=due", "/agent/inbox/mine"):
        with statements() as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= 6, asked
        assert not scans(asked)
