"""Mails to colleagues that wait for the end of quiet hours stand with the outgoing mail."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.notices import held, waiting
from desk.notices.quiet import DAILY, HOURLY, Quiet
from models import Client, Direction, Staff, WaitingNotice
from tests.support.client import Client as Browser
from tests.support.notices import chooses
from tests.support.people import hire, sign_in
from tests.support.reading import texts, words
from tests.support.rules import case, without_rules
from tests.support.tickets import opened

LIST = "/admin/outgoing"
HELD = f"{LIST}?state=held"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(clock: Frozen, ivan: Client, masha: Staff, olga: Staff) -> int:
    """Of a ticket that was given to Masha in her quiet hours."""
    chooses(masha, quiet=Quiet(on=True, since="20:00", until="08:00"))
    clock.set(datetime(2026, 3, 2, 22, 0, tzinfo=ZoneInfo("Europe/Moscow")))
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=olga)
    return number


def test_it_says_to_whom_about_what_and_when(
    client: Browser, anton: Staff, masha: Staff, number: int, clock: Frozen
) -> None:
    browser = sign_in(client, anton)
    assert "1 письмо сотруднику ждёт конца тихих часов" in words(browser.soup(LIST))
    page = browser.soup(HELD)
    assert texts(page, ".lines .line-name") == [f"{masha.name} {masha.email}"]
    assert texts(page, ".lines a") == [f"Новое обращение для вас: № {number}"]
    assert words(page, ".line-end") == "тихие часы до 3 мар., 08:00"
    clock.advance(hours=11)
    assert waiting.send_waiting()
    page = browser.soup(HELD)
    assert "Придержанных писем нет" in words(page)
    assert "тихих часов" not in words(browser.soup(LIST))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("masha@", 1),
        ("МАША", 1),
        ("курьер", 0),
        ("KURIER", 1),
        ("@kurier.ex", 1),
        ("olga@", 0),
        ("{number}", 1),
        ("999999", 0),
    ],
)
def test_it_is_looked_for(
    client: Browser, anton: Staff, number: int, query: str, count: int
) -> None:
    page = sign_in(client, anton).soup(f"{HELD}&q={query.format(number=number)}")
    assert len(page.select(".lines .line")) == count
    assert ("Таких писем нет" in words(page)) is not bool(count)


@pytest.mark.parametrize(
    ("digest", "told"), [(DAILY, "сводка 3 мар., 09:30"), (HOURLY, "тихие часы до 3 мар., 08:00")]
)
def test_it_says_that_a_digest_holds_it(
    client: Browser, anton: Staff, masha: Staff, number: int, digest: str, told: str
) -> None:
    chooses(masha, digest=digest, digest_at="09:30")
    with bus.unit_of_work():
        waiting.put_anew(db.session.get_one(Staff, masha.id))
    assert words(sign_in(client, anton).soup(HELD), ".line-end") == told


def test_all_of_them_are_shown_page_by_page(
    client: Browser, anton: Staff, masha: Staff, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of Masha's at one time are one mail; of Olga's at the same time another."""
    with bus.unit_of_work():
        (first,) = db.session.query(WaitingNotice)
        people = sorted((masha.id, hire("Олег", "oleg@kurier.example").id))
        for at in range(14):
            for person in people:
                db.session.add(
                    WaitingNotice(
                        staff_id=person,
                        occasion="assigned",
                        key=f"{at}",
                        case_id=number,
                        at=first.at,
                        due_at=first.due_at + timedelta(hours=at // 2, microseconds=at // 2),
                    )
                )
    monkeypatch.setattr(held, "PAGE", 4)
    browser, seen, address = sign_in(client, anton), [], HELD
    assert "14 писем сотрудникам ждут" in words(browser.soup(LIST))
    for _page in range(4):
        page = browser.soup(address)
        seen += [each.get_text(" ", strip=True) for each in page.select(".lines .line")]
        more = page.select_one("a[href*='before=']")
        address = str(more["href"]) if more else ""
    assert (len(seen), len(set(seen)), address) == (14, 14, "")


@pytest.mark.parametrize(
    "before", ["x", "1.", "9" * 30 + ".1", "99999999999999999.999999999", "-1.1"]
)
def test_a_forged_place_in_the_list(
    client: Browser, anton: Staff, number: int, before: str
) -> None:
    assert sign_in(client, anton).get(f"{HELD}&before={before}").status_code == 200


def test_who_may_not_see_the_ticket_does_not_see_it(client: Browser, number: int) -> None:
    with bus.unit_of_work():
        other = Direction(key="other", name_ru="Другое")
        db.session.add(other)
        case(number).direction_id = db.session.query(Direction).filter_by(key="main").one().id
    head = hire("Олег", "oleg@kurier.example", role="supervisor", directions=[other])
    page = sign_in(client, head).soup(HELD)
    assert not page.select(".lines .line")
