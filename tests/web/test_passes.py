"""Statistics of passings: how many, where, what came back, how long each line held it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import catalog as reference
from desk import passes, passes_report, passing, tickets
from desk.catalog import catalog
from models import Case, Client, Direction, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.excel import rows_of
from tests.support.people import hire, sign_in
from tests.support.rules import without_rules
from tests.support.statements import statements
from tests.support.tickets import opened

PAGE = "/agent/passes"


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def pass_on(number: int, by: Staff, line: int, reason: str = "выше") -> None:
    with bus.unit_of_work():
        passing.pass_on(case(number), by=by, line=line, reason=reason)


def give_back(number: int, by: Staff) -> None:
    with bus.unit_of_work():
        passing.give_back(case(number), by=by, reason="не к нам")


@pytest.fixture
def travelled(
    app: Flask, ivan: Client, masha: Staff, sergey: Staff, vera: Staff, clock: Frozen
) -> list[int]:
    """One over lines 2 and 3 to its end, one given back, one that lies on line 2."""
    without_rules()
    numbers = [opened(ivan, subject).id for subject in ("=Первая", "Вторая", "Третья")]
    with bus.unit_of_work():
        first = catalog().by_key("groups", "first")
        for number in numbers:
            tickets.assign_group(case(number), first, by=masha)
    clock.advance(hours=1)
    pass_on(numbers[0], masha, 2, "Нужен техник")
    pass_on(numbers[1], masha, 2)
    clock.advance(hours=2)
    pass_on(numbers[0], sergey, 3)
    give_back(numbers[1], sergey)
    pass_on(numbers[2], masha, 2)
    clock.advance(hours=10)
    with bus.unit_of_work():
        tickets.solve(case(numbers[0]), by=vera)
    return numbers


def figures(page: BeautifulSoup) -> list[str]:
    return [each.get_text(" ", strip=True).replace("\xa0", " ") for each in page.select(".kpi dd")]


def table(page: BeautifulSoup, heading: str) -> list[list[str]]:
    rows = page.select(f"section[aria-labelledby={heading}] tr")
    texts = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]
    return [[text.replace("\xa0", " ") for text in row] for row in texts]


def test_the_figures(client: Browser, travelled: list[int], olga: Staff) -> None:
    page = sign_in(client, olga).soup(PAGE)
    assert figures(page) == ["4", "4 / 0", "0", "1 25 %"]
    one, two, three = "1 · Первая линия", "2 · Специалисты", "3 · Эксперты"
    assert table(page, "matrix-line") == [
        ["Откуда, куда", "1", "2", "3"],
        [one, "·", "3", "·"],
        [two, "1", "·", "1"],
        [three, "·", "·", "·"],
    ]
    assert table(page, "matrix-group") == [
        ["Откуда, куда", "Первая линия", "Ремонт", "Эксперты"],
        ["Первая линия", "·", "3", "·"],
        ["Ремонт", "1", "·", "1"],
        ["Эксперты", "·", "·", "·"],
    ]
    assert table(page, "held")[1:] == [
        [one, "3", "1 ч", "3 ч", "1"],
        [two, "2", "2 ч", "2 ч", "1"],
        [three, "1", "10 ч", "10 ч", "0"],
    ]
    listed = [row[1:] for row in table(page, "passings")[1:]]
    assert len(listed) == 5
    assert listed[-1] == [f"{travelled[0]} =Первая", "выше: 1 → 2", "Маша", "Нужен техник"]
    assert listed[1] == [f"{travelled[1]} Вторая", "возврат: 2 → 1", "Сергей", "не к нам"]
    links = [link["href"] for link in page.select("section[aria-labelledby=passings] a")]
    assert set(links) == {f"/agent/t/{number}" for number in travelled}


def test_the_period(
    client: Browser, travelled: list[int], olga: Staff, sergey: Staff, clock: Frozen
) -> None:
    day = now().date()
    clock.advance(days=40)
    sign_in(client, olga)
    page = client.soup(PAGE)
    assert "ничего не передавали" in page.get_text()
    assert [row[-1] for row in table(page, "held")[1:]] == ["1", "1"], "what lies there still does"
    page = client.soup(f"{PAGE}?from={day - timedelta(days=1)}&to={day + timedelta(days=1)}")
    assert figures(page)[0] == "4"
    give_back(travelled[2], sergey)
    page = client.soup(f"{PAGE}?from={day - timedelta(days=1)}&to={day + timedelta(days=1)}")
    assert figures(page)[3] == "2 50 %", "a return counts for the day of what it answers"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("from=x&to=2026-01-01", "from"),
        ("from=2026-01-01&to=0001-01-01", "to"),
        ("from=2026-02-01&to=2026-01-01", "to"),
        ("from=&to=", "from"),
    ],
)
def test_days_that_cannot_be(
    client: Browser, app: Flask, olga: Staff, asked: str, field: str
) -> None:
    for more in ("", "&as=xlsx"):
        refused = sign_in(client, olga).get(f"{PAGE}?{asked}{more}")
        assert refused.status_code == 422
        assert parsed(refused).select_one(f"#{field}-error")


def test_too_many_for_one_answer(
    client: Browser, travelled: list[int], olga: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes_report, "MOST", 4)
    refused = sign_in(client, olga).get(PAGE)
    assert refused.status_code == 422
    assert "выберите меньше дней" in parsed(refused).get_text()


def test_the_file(client: Browser, travelled: list[int], olga: Staff) -> None:
    answer = sign_in(client, olga).get(f"{PAGE}?as=xlsx")
    assert answer.content_type.startswith("application/vnd.openxmlformats")
    assert "passings-" in answer.headers["Content-Disposition"]
    listed, held = rows_of(answer.data)
    assert listed[0][:3] == ["Обращение", "Тема", "Куда"]
    assert len(listed) == 6
    first = listed[-1]
    assert first[:3] == [travelled[0], "=Первая", "выше"]
    assert first[5:9] == ["Маша", 1, 2, "Нужен техник"]
    assert first[9:11] == ["Первая линия", "Ремонт"]
    assert held[1:] == [
        [1, "Первая линия", 3, 1, 3, 1],
        [2, "Специалисты", 2, 2, 2, 1],
        [3, "Эксперты", 1, 10, 10, 0],
    ]


def test_for_supervisors_of_what_they_see(
    client: Browser, travelled: list[int], masha: Staff, anton: Staff
) -> None:
    assert sign_in(client, masha).get(PAGE).status_code == 403
    assert sign_in(client, anton).get(PAGE).status_code == 200
    with bus.unit_of_work():
        rows = [Direction(key=key, name_ru=key, name_en=key, position=9) for key in ("a", "b")]
        db.session.add_all(rows)
        db.session.flush()
        reference.changed()
        for number in travelled:
            tickets.set_direction(case(number), rows[0].id, by=masha)
    head = hire("Пётр", "petr@kurier.example", role="supervisor", directions=[rows[1]])
    page = sign_in(client, head).soup(PAGE)
    assert "ничего не передавали" in page.get_text()
    assert "Вторая" not in page.get_text()
    assert not page.select("section[aria-labelledby=held]")


def test_pages_of_the_list(
    client: Browser, travelled: list[int], olga: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes.passes, "__kwdefaults__", {"before": None, "most": 2})
    sign_in(client, olga)
    seen, path = [], PAGE
    for _turn in range(3):
        page = client.soup(path)
        seen += [row[1] for row in table(page, "passings")[1:]]
        more = page.select_one('.page-body > p a, a.btn[href*="before="]')
        path = f"{PAGE}{more['href']}" if more else ""
    assert len(seen) == 5
    assert path == ""


def test_it_costs_as_much_however_many(
    client: Browser, travelled: list[int], olga: Staff, sergey: Staff, masha: Staff
) -> None:
    sign_in(client, olga).get(PAGE)
    with statements() as before:
        client.get(PAGE)
    for _turn in range(5):
        give_back(travelled[2], sergey)
        pass_on(travelled[2], masha, 2)
    client.get(PAGE)
    with statements() as after:
        client.get(PAGE)
    assert len(after) == len(before)
