"""The board of what is about to be late, the figures of one counter and their file."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bs4 import Tag

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from models import Case, Client, Staff
from tests.support.client import Client as Browser
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in
from tests.support.rules import do, mail
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
NOTE = [do("add_note", text="Пора")]


def taken(number: int, who: Staff) -> None:
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, number), who, by=who)


def test_the_board_says_what_is_late_and_what_will_be(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_counter("Ответ за час", anton, (60, NOTE), limit=60)
    sign_in(client, masha)
    assert "В это время ничего не истекает" in client.soup("/agent/soon").get_text()
    late = opened(ivan, "Первая").id
    clock.advance(minutes=70)
    opened(ivan, "Вторая")
    soup = client.soup("/agent/soon?hours=2")
    rows = soup.select(".soon-row")
    assert [row.select_one("h2").get_text(strip=True)[5:] for row in rows] == ["Первая", "Вторая"]
    assert rows[0].select_one(".sla-late")
    assert "прогноза нет" in rows[1].get_text()
    taken(late, masha)
    assert len(client.soup("/agent/soon?hours=2&group=0").select(".soon-row")) == 0
    block = client.get("/agent/soon", headers={"HX-Request": "true", "HX-Target": "soon"})
    assert block.get_data(as_text=True).lstrip().startswith("<div")


def test_what_is_late_is_found_from_its_counter(
    client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """Also of a kind that is not measured, which the board of all leaves out."""
    silence = given_counter("Тишина", anton, (60, NOTE), limit=60, kind="no_activity")
    given_counter("Ответ", anton, (30, NOTE), limit=30)
    opened(ivan, "Молчим")
    clock.advance(minutes=70)
    sign_in(client, anton)
    link = client.soup("/admin/counters").select_one(f"#counter-{silence} a.danger-text")
    assert link["href"] == f"/agent/soon?counter={silence}"
    (beside,) = client.soup("/agent/soon").select(f".soon-notes a[href='{link['href']}']")
    assert "начинаются заново" in beside.parent.get_text()
    assert "«Тишина» (1 опоздало)" in " ".join(beside.parent.get_text().split())
    found = client.soup(link["href"])
    assert not found.select(".soon-notes a")
    assert len(found.select(".soon-row")) == 1
    assert "Только счётчик «Тишина»" in found.get_text()
    assert "Тишина" in found.select_one(".soon-row").get_text()
    assert client.get("/agent/soon?counter=999999").status_code == 404


def test_what_is_late_now_is_no_success(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = given_counter("Ответ", anton, (30, NOTE), limit=30)
    taken(opened(ivan).id, masha)
    opened(ivan)
    clock.advance(minutes=40)
    sign_in(client, anton)
    page = client.soup(f"/admin/counters/{number}")
    assert "50 %" in page.select_one(".kpis").get_text()
    link = page.select_one(".kpis a")
    assert (link.get_text(), link["href"]) == (
        "ещё идут: 1",
        f"/agent/soon?counter={number}",
    )


def test_what_is_left_is_told_as_working_time(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """On the board and on the ticket alike: over a night, and when it is more than a day."""
    given_counter("Решение", anton, (1680, NOTE), kind="solution", limit=1680)
    long = opened(ivan).id
    given_counter("Ответ за час", anton, (60, NOTE), limit=60)
    sign_in(client, masha)
    clock.set(datetime(2026, 3, 4, 17, 45, tzinfo=MOSCOW))  # the office closes at 18:00
    number = opened(ivan, "Вечером").id
    clock.set(datetime(2026, 3, 4, 19, 0, tzinfo=MOSCOW))
    badges = [said(one) for one in client.soup("/agent/soon?hours=24").select(".soon-row .sla")]
    assert badges == ["Срок: 45 мин", "Скоро срок: 1 ч"]
    assert "45 мин" in said(client.soup(f"/agent/t/{number}").select(".tb .sla")[0])
    (book,) = client.soup(f"/agent/t/{long}").select(".tb-sec")
    assert "27 ч" in said(book)
    assert " д " not in said(book)
    assert said(book).endswith("срок 28 ч 0 мин")
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).locale = "en"
    assert said(client.soup(f"/agent/t/{long}").select(".tb-sec")[0]).endswith("limit 28 h 0 min")


def said(part: Tag) -> str:
    return " ".join(part.get_text(" ").split())


def test_the_page_of_a_counter_tells_how_it_is_kept(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = given_counter("Ответ", anton, (15, NOTE), limit=15)
    sign_in(client, masha)
    page = f"/admin/counters/{number}"
    assert "ничего не закончилось" in client.soup(page).get_text()
    for wait in (5, 20):
        case = opened(ivan).id
        clock.advance(minutes=wait)
        fire_all()
        taken(case, masha)
    text = client.soup(page).get_text(" ", strip=True)
    assert "50 %" in text
    assert "никто не взял: 1" in text
    assert len(client.soup(f"{page}?tab=fired").select("tbody tr")) == 1
    file = client.get(f"{page}/firings.xlsx")
    assert file.status_code == 200
    assert file.get_data().startswith(b"PK")
    silent = given_counter("Тишина", anton, (15, NOTE), kind="no_activity")
    assert "выполнения у него нет" in client.soup(f"/admin/counters/{silent}").get_text()


def test_what_will_be_late_by_seconds_is_not_late_by_nothing(
    client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """At a pace of three an hour, with half a minute of its twenty gone."""
    given_counter("Ответ", anton, (20, NOTE), limit=20)
    for _each in range(3):
        number = opened(ivan).id
        clock.advance(minutes=20)
        taken(number, masha)
    opened(ivan)
    clock.advance(seconds=30)
    sign_in(client, masha)
    (row,) = client.soup("/agent/soon?hours=2").select(".soon-row")
    assert said(row.select_one(".soon-say")).endswith("опоздает меньше чем на минуту")


def test_clients_see_neither(client: Browser, anton: Staff, ivan: Client) -> None:
    number = given_counter("Ответ", anton, (15, NOTE), limit=15)
    sign_in(client, ivan)
    for path in (
        "/agent/soon",
        f"/admin/counters/{number}",
        f"/admin/counters/{number}/firings.xlsx",
    ):
        assert client.get(path).status_code in (302, 303, 403, 404)


def test_a_firing_tells_seconds_and_that_there_was_nobody(
    client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """On the ticket and on the page of the counter."""
    policy = given_counter("Ответ", anton, (60, [mail("head"), mail("assignee")]), limit=60)
    number = opened(ivan).id
    clock.advance(minutes=62, seconds=5)
    fire_all()
    sign_in(client, anton)
    ticket = said(client.soup(f"/agent/t/{number}").select(".tb-fired")[0])
    page = said(client.soup(f"/admin/counters/{policy}?tab=fired").select("tbody tr")[0])
    assert ticket.startswith("Сработал шаг 1: 10:02:05, с опозданием на 2 мин 5 с")
    assert "10:00:00 10:02:05 2 мин 5 с" in page
    for told in (ticket, page):
        assert "некому сообщить: у обращения нет группы, или у группы нет руководителя" in told
        assert "некому сообщить: у обращения нет исполнителя" in told
