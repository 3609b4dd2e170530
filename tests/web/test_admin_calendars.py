"""The pages of calendars: written by hand, checked, shown ahead, saved by one of two."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.tickets import NewTicket
from models import Calendar, Client, Counter, CounterPolicy, CounterPolicyVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.counters import given_counter
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import do

LIST = "/admin/calendars"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def office() -> Calendar:
    db.session.expire_all()
    return db.session.query(Calendar).filter_by(key="office").one()


def page_of(row: Calendar) -> str:
    return f"{LIST}/{row.id}"


def editor(soup: BeautifulSoup) -> dict[str, Any]:
    form = soup.select_one("form.pol-main")
    assert form is not None
    values = filled(form)
    for name in ("special_day", "special_hours", "special_name"):
        values[name] = [str(each.get("value", "")) for each in form.select(f"[name={name}]")]
    return {**values, "do": "save"}


def test_list_says_hours_and_holidays(admin: Browser) -> None:
    assert words(admin.soup(LIST), ".line") == (
        "Рабочие дни 45 ч в неделю, Europe/Moscow, праздники: Россия счётчиков нет"
    )


def test_a_change_moves_what_runs(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        version = CounterPolicyVersion(
            calendar=office(),
            limit_minutes=60,
            conditions={},
            pause_statuses=[],
            steps=[{"after": 60, "then": [{"do": "add_note", "text": "Пора"}]}],
        )
        names = {"ru": "Без ответа", "en": ""}
        deadlines.save_policy(CounterPolicy(kind="no_answer"), version, by=anton, names=names)
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan)
    values = editor(admin.soup(page_of(office())))
    values |= {"day0": "9:30-13:00, 14-18", "name_ru": "Будни", "name_en": "Weekdays"}
    values["special_day"], values["special_hours"] = ["2026-03-03"], ["10-15"]
    values["special_name"] = ["Инвентаризация"]
    assert admin.post(page_of(office()), data=values).status_code == 303
    row = office()
    assert row.week[0] == [["09:30", "13:00"], ["14:00", "18:00"]]
    special = {"name": "Инвентаризация", "hours": [["10:00", "15:00"]]}
    assert row.exceptions == {"2026-03-03": special}
    assert (row.name_ru, row.name_en) == ("Будни", "Weekdays")
    due = db.session.query(Counter).one().limit_at
    assert due is not None
    assert due.isoformat() == "2026-03-02T07:30:00+00:00"
    soup = admin.soup(page_of(row))
    ahead = [" ".join(li.get_text().split()) for li in soup.select(".days-ahead li")]
    assert len(ahead) == 30
    assert ahead[1] == "вт 3 мар. Инвентаризация 10:00–15:00"
    assert ahead[7].startswith("пн 9 мар. Международный женский день")
    assert words(soup, ".calc li") == "15 мин рабочего времени 09:45"


def test_saving_tells_what_is_late_by_it(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """Opened at six, the office has been at work for three hours when it is nine."""
    answer = admin.post(page_of(office()), data=editor(admin.soup(page_of(office()))))
    assert words(admin.soup(answer.location), ".told") == "Сохранено.", "nothing is computed anew"
    given_counter("Решение", anton, (60, [do("add_note", text="Пора")]), kind="solution", limit=60)
    clock.advance(hours=-2)
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan)
    clock.advance(hours=2)
    answer = admin.post(page_of(office()), data=editor(admin.soup(page_of(office()))))
    said = admin.soup(answer.location).get_text()
    assert "Идущие по нему отсчёты пересчитываются" in said
    assert "Из-за этого" not in said
    values = editor(admin.soup(page_of(office()))) | {"day0": "6-18"}
    answer = admin.post(page_of(office()), data=values)
    said = "Из-за этого просрочен 1 отсчёт; шаги, которых ещё не было, сработают сейчас"
    assert said in admin.soup(answer.location).get_text()


def test_a_new_one_is_shown_before_it_is_saved(admin: Browser) -> None:
    values = editor(admin.soup(f"{LIST}/new"))
    values |= {"name_ru": "Курьеры", "zone": "Asia/Vladivostok", "holidays": "", "day6": "8-22"}
    shown = admin.post(f"{LIST}/new", data={**values, "do": "show"})
    assert shown.status_code == 200
    assert "8:00–22:00" in words(parsed(shown), ".days-ahead")
    # 9:00 on Monday in Moscow is 16:00 there.
    assert "15 мин рабочего времени 16:15 (Владивосток)" in words(parsed(shown), "ol.calc")
    assert db.session.query(Calendar).filter_by(name_ru="Курьеры").count() == 0
    answer = admin.post(f"{LIST}/new", data=editor(parsed(shown)))
    assert answer.status_code == 303
    row = db.session.query(Calendar).filter_by(name_ru="Курьеры").one()
    assert (row.zone, row.holidays, row.week[6]) == (
        "Asia/Vladivostok",
        None,
        [["08:00", "22:00"]],
    )
    again = admin.post(f"{LIST}/new", data=editor(parsed(shown)))
    assert again.location == answer.location
    assert db.session.query(Calendar).filter_by(name_ru="Курьеры").count() == 1


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        ({"name_ru": ""}, "#name_ru", "Дайте название"),
        ({"name_ru": "я" * 121}, "#name_ru", "Не больше 120"),
        ({"zone": "Europe/Nowhere"}, "#zone", "Такого часового пояса нет"),
        ({"zone": "../../etc/passwd"}, "#zone", "Такого часового пояса нет"),
        ({"holidays": "XX"}, "#holidays", "Такого варианта нет"),
        ({"day2": "с девяти до шести"}, "#day2", "непонятно"),
        ({"day2": "18-9"}, "#day2", "кончается раньше"),
        ({"special_day": "31.02.2026", "special_hours": ""}, "#exceptions", "31.02.2026"),
        ({"special_day": "2026-03-05", "special_hours": "да"}, "#exceptions", "непонятно"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    admin: Browser, wrong: dict[str, str], place: str, said: str
) -> None:
    values = {**editor(admin.soup(page_of(office()))), **wrong}
    answer = admin.post(page_of(office()), data=values)
    assert answer.status_code == 422
    soup = parsed(answer)
    found = soup.select_one(f'.errors a[href="{place}"]')
    assert found is not None, soup.select(".errors")
    assert said in found.get_text()
    kept = editor(soup)
    for name, text in wrong.items():
        assert text in kept[name] or kept[name] == [text] or text == "", name


def test_a_week_without_hours_is_refused(admin: Browser) -> None:
    values = editor(admin.soup(page_of(office()))) | {f"day{n}": "" for n in range(7)}
    answer = admin.post(page_of(office()), data=values)
    assert answer.status_code == 422
    assert "хотя бы в один день" in words(parsed(answer), ".errors")


def test_saved_by_two_at_once(admin: Browser) -> None:
    mine, theirs = (editor(admin.soup(page_of(office()))) for _each in range(2))
    assert admin.post(page_of(office()), data={**theirs, "day0": "8-12"}).status_code == 303
    answer = admin.post(page_of(office()), data={**mine, "day0": "10-16"})
    assert answer.status_code == 409
    soup = parsed(answer)
    assert "08:00–12:00" in words(soup, ".theirs")
    assert "вы сохранили этот календарь в другом окне" in words(soup, ".overtaken")
    assert office().week[0] == [["08:00", "12:00"]]
    assert admin.post(page_of(office()), data=editor(soup)).status_code == 303
    assert office().week[0] == [["10:00", "16:00"]]


def test_names_are_kept_whole_or_refused(admin: Browser) -> None:
    values = editor(admin.soup(page_of(office())))
    special = {"special_day": "2026-03-03", "special_hours": "11-15", "special_name": "я" * 81}
    for wrong in ({"name_ru": "я" * 121}, {"name_ru": "\u202e"}, special):
        answer = admin.post(page_of(office()), data=values | wrong)
        assert answer.status_code == 422
        written = str(editor(parsed(answer)))
        assert all(text.strip("\u202e") in written for text in wrong.values())
    answer = admin.post(page_of(office()), data=values | {"name_ru": "\u202eинД\u202c"})
    assert answer.status_code == 303
    assert office().name_ru == "инД"


def test_agents_look_and_do_not_touch(client: Browser, anton: Staff, masha: Staff) -> None:
    values = editor(sign_in(client, anton).soup(page_of(office())))
    sign_in(client, masha)
    soup = client.soup(page_of(office()))
    assert not soup.select("main input, main select, main button, main form")
    assert "Понедельник09:00–18:00" in words(soup, ".facts")
    assert soup.select("#days .yd-holiday")
    assert client.soup(f"{page_of(office())}?year=2027").select("#days .yd-holiday")
    soup = client.soup(LIST)
    assert not soup.select("a[href$='/new']")
    values["csrf_token"] = str(soup.select("[name=csrf_token]")[0]["value"])
    assert client.post(page_of(office()), data=values).status_code == 403
    assert client.get(f"{LIST}/new").status_code == 403
    assert client.get(f"{LIST}/999").status_code == 404
    assert client.get(f"{LIST}/99999999999").status_code == 404
