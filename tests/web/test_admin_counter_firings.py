"""Firings of all counters, on the page and as a file: chosen dates, two formats, rights."""

import csv
import io
from zipfile import ZipFile

import pytest
from flask import Flask

from core import bus, csv_text
from core.clock import Frozen
from core.db import db
from desk import counter_firings, counters_sheet
from models import Client, CounterPolicy, EventRecord, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import fire_all, given_counter
from tests.support.excel import rows_of
from tests.support.people import sign_in
from tests.support.rules import do, without_rules
from tests.support.statements import statements
from tests.support.tickets import opened

PAGE = "/admin/counters/firings"
NOTE = [do("add_note", text="Пора")]
TODAY = "?from=2026-03-02&to=2026-03-02"


@pytest.fixture(autouse=True)
def _fired(app: Flask, clock: Frozen, anton: Staff, ivan: Client) -> None:
    without_rules()
    given_counter("=Ответ", anton, (3, NOTE), limit=3)
    given_counter("Решение", anton, (4, NOTE), limit=4, kind="solution")
    opened(ivan)
    clock.advance(minutes=5, microseconds=718_058)
    fire_all()


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_all_counters_are_in_one_file(client: Browser, masha: Staff) -> None:
    browser = sign_in(client, masha)
    assert browser.soup("/admin/counters").select_one(f'a[href="{PAGE}"]')
    answer = browser.get(f"{PAGE}{TODAY}&as=csv", buffered=True)
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = table(answer.get_data().decode())
    assert sorted(row["Счётчик"] for row in rows) == ["'=Ответ", "Решение"]
    assert {row["Сработал (Europe/Moscow)"] for row in rows} == {"2026-03-02 09:05:00"}
    excel = browser.get(f"{PAGE}{TODAY}&as=xlsx")
    assert "xl/workbook.xml" in ZipFile(io.BytesIO(excel.get_data())).namelist()


def test_the_page_shows_them_with_their_counters(client: Browser, masha: Staff) -> None:
    rows = sign_in(client, masha).soup(f"{PAGE}{TODAY}").select(".fired tbody tr")
    assert {row.select("a")[1].get_text() for row in rows} == {"=Ответ", "Решение"}
    assert all(row.select("a")[0]["href"] == "/agent/t/1001" for row in rows)


def test_why_it_was_late_is_told(client: Browser, masha: Staff) -> None:
    with bus.unit_of_work():
        for event in db.session.query(EventRecord).filter_by(kind="counter_fired"):
            event.data = {**event.data, "late_because": "down"}
    browser = sign_in(client, masha)
    page = browser.soup(f"{PAGE}{TODAY}")
    assert "программа не работала" in page.select(".fired tbody tr")[0].get_text()
    rows = table(browser.get(f"{PAGE}{TODAY}&as=csv", buffered=True).get_data().decode())
    assert {row["Почему позже"] for row in rows} == {"программа не работала"}
    book = browser.soup("/agent/t/1001").select_one(".tb-fired")
    assert book is not None
    assert "(программа не работала)" in book.get_text()


def test_the_page_goes_on_where_it_ended(
    client: Browser, masha: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counter_firings, "PAGE", 1)
    browser = sign_in(client, masha)
    page = browser.soup(f"{PAGE}{TODAY}")
    first = page.select_one(".fired tbody tr")
    following = page.select_one(".more a")
    assert first is not None
    assert following is not None
    page = browser.soup(f"{PAGE}{following['href']}")
    (second,) = page.select(".fired tbody tr")
    assert second.get_text() != first.get_text()
    assert not page.select(".more a")


def test_days_without_any_say_so(client: Browser, masha: Staff) -> None:
    page = sign_in(client, masha).soup(f"{PAGE}?from=2026-02-01&to=2026-02-28")
    assert "В эти дни ничего не сработало" in page.get_text()
    assert not page.select(".fired")


def test_other_days_have_none(client: Browser, masha: Staff) -> None:
    browser, february = sign_in(client, masha), "?from=2026-02-01&to=2026-03-01"
    answer = browser.get(f"{PAGE}{february}&as=csv", buffered=True)
    assert table(answer.get_data().decode()) == []


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("?from=2026-03-03&to=2026-03-02", "to", "Последний день раньше первого"),
        ("?from=вчера&to=2026-03-02", "from", "Укажите дату"),
        ("?from=2026-03-01&to=99999", "to", "Укажите дату"),
    ],
)
def test_what_can_not_be_is_told(
    client: Browser, masha: Staff, asked: str, field: str, said: str
) -> None:
    browser = sign_in(client, masha)
    for how in ("", "&as=csv"):
        answer = browser.get(f"{PAGE}{asked}{how}")
        assert answer.status_code == 422
        (problem,) = parsed(answer).select(".error")
        assert problem["id"] == f"{field}-error"
        assert said in problem.get_text()


def test_too_many_are_refused(
    client: Browser, masha: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counters_sheet, "EXPORTED", 1)
    answer = sign_in(client, masha).get(f"{PAGE}{TODAY}&as=xlsx")
    assert answer.status_code == 422
    assert "Срабатываний больше 1" in parsed(answer).select(".error")[0].get_text()


def test_a_file_is_read_and_sent_page_by_page(
    client: Browser, masha: Staff, ivan: Client, clock: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page once, in one order, as Excel too; and not a row more than a file takes."""
    for _ticket in range(3):
        opened(ivan)
    clock.advance(minutes=5)
    fire_all()
    for name, size in ((counters_sheet, "READ"), (csv_text, "ROWS")):
        monkeypatch.setattr(name, size, 3)
    browser = sign_in(client, masha)
    with statements() as asked:
        answer = browser.get(f"{PAGE}{TODAY}&as=csv", buffered=True)
    rows = table(answer.get_data().decode())
    assert "Content-Length" not in answer.headers
    assert len([one for one in asked if "counter_firing.due_at" in one]) == 3
    (excel,) = rows_of(browser.get(f"{PAGE}{TODAY}&as=xlsx").get_data())
    numbers = [row["Обращение"] for row in rows]
    assert numbers == [str(int(float(row[0]))) for row in excel[1:]]
    assert sorted(numbers) == sorted(["1001", "1002", "1003", "1004"] * 2)


def test_the_limit_of_a_file_is_told(client: Browser, masha: Staff) -> None:
    browser = sign_in(client, masha)
    for address in (
        PAGE,
        f"/admin/counters/{db.session.query(CounterPolicy.id).first()[0]}?tab=fired",
    ):
        assert "не больше 50\u00a0000" in browser.soup(address).get_text()


def test_clients_do_not_get_it(client: Browser, ivan: Client) -> None:
    assert sign_in(client, ivan).get(f"{PAGE}{TODAY}&as=csv").status_code in (302, 303, 403, 404)
