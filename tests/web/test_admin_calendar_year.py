"""The year of a calendar: what each day is said to be, days made special, a calendar file read."""

from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.db import db
from desk import ical
from desk.calendar_year import Mark, day_of, months
from desk.calendars import work_calendar
from models import Calendar, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.editors import press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.unit.test_ical import GOOGLE, event, file

LIST = "/admin/calendars"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def office() -> Calendar:
    db.session.expire_all()
    return db.session.query(Calendar).filter_by(key="office").one()


def address() -> str:
    return f"{LIST}/{office().id}"


def editor(soup: BeautifulSoup) -> dict[str, Any]:
    form = soup.select_one("form.pol-main")
    assert form is not None
    values = filled(form)
    values.pop("ics", None)
    for name in ("special_day", "special_hours", "special_name"):
        values[name] = [str(each.get("value", "")) for each in form.select(f"[name={name}]")]
    return values


def read(browser: Browser, values: dict[str, Any], data: bytes, name: str = "days.ics") -> Any:
    given = {**values, "ics": (BytesIO(data), name)}
    return browser.post(f"{LIST}/import", data=given, content_type="multipart/form-data")


def label(soup: BeautifulSoup, day: str) -> str:
    found = soup.select_one(f'[data-day="{day}"]')
    assert found is not None, day
    return f"{found['class'][1]} {found['aria-label']}"


def save(browser: Browser, values: dict[str, Any]) -> None:
    answer = browser.post(address(), data={**values, "do": "save"})
    assert answer.status_code == 303, parsed(answer).select(".errors")


def test_each_day_is_told_by_shape_and_in_words(admin: Browser) -> None:
    """In Russia 2025 had a worked Saturday, 1 November."""
    with bus.unit_of_work():
        office().exceptions = {"2025-05-09": [["10:00", "14:00"]], "2025-06-11": []}
    soup = admin.soup(f"{address()}?year=2025")
    assert len(soup.select(".month")) == 12
    assert len(soup.select("[data-day]")) == 365
    assert label(soup, "2025-11-01").startswith("yd-worked 1 ноября, суббота: рабочий день взамен")
    assert label(soup, "2025-01-01") == "yd-holiday 1 января, среда: Новогодние каникулы"
    assert label(soup, "2025-05-09") == "yd-own-hours 9 мая, пятница: особый: 10:00–14:00"
    assert label(soup, "2025-06-11") == "yd-own-off 11 июня, среда: особый: выходной"
    assert label(soup, "2025-07-05") == "yd-off 5 июля, суббота: выходной"
    assert label(soup, "2025-07-07") == "yd-work 7 июля, понедельник: 9:00–18:00"
    named = [" ".join(li.get_text().split()) for li in soup.select(".month-named li")]
    assert "1–6 Новогодние каникулы" in named
    assert "9 особый: 10:00–14:00" in named
    classes = {str(key["class"][1]) for key in soup.select(".keyline .yd-key")}
    assert classes == {"yd-holiday", "yd-worked", "yd-own-off", "yd-own-hours"}


def test_a_year_is_the_year(admin: Browser) -> None:
    with bus.unit_of_work(writes=False):
        calendar = work_calendar(office())
        days = [day for month in months(calendar, 2028) for week in month.weeks for day in week]
        assert sum(day is not None for day in days) == 366
        assert all(day == day_of(calendar, day.day) for day in days if day)
        off = [day for day in days if day and day.mark in (Mark.HOLIDAY, Mark.OFF)]
        assert all(not day.hours for day in off)


def test_a_click_makes_a_day_special_and_usual_again(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(address())), "day:2026-05-12", LIST)
    assert words(soup, ".day-edit legend") == "12 мая, вторник: 9:00–18:00"
    assert editor(soup)["own_hours"] == "09:00–18:00"
    assert not soup.select("#day-usual")
    soup = press(admin, editor(soup), "off:2026-05-12", LIST)
    year = soup.select_one("#days")
    assert year is not None
    assert year["data-at"] == "2026-05-12"
    assert label(soup, "2026-05-12").startswith("yd-own-off")
    soup = press(admin, editor(soup), "day:2026-05-09", LIST)
    soup = press(admin, editor(soup) | {"own_hours": "10-12, 13-15"}, "hours:2026-05-09", LIST)
    assert label(soup, "2026-05-09").endswith("особый: 10:00–12:00, 13:00–15:00")
    assert office().exceptions == {}
    save(admin, editor(soup))
    assert office().exceptions == {
        "2026-05-09": [["10:00", "12:00"], ["13:00", "15:00"]],
        "2026-05-12": [],
    }
    soup = press(admin, editor(admin.soup(address())), "day:2026-05-12", LIST)
    soup = press(admin, editor(soup), "usual:2026-05-12", LIST)
    save(admin, editor(soup))
    assert list(office().exceptions) == ["2026-05-09"]


def test_days_of_other_years_are_carried_along(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(address())), "off:2026-05-12", LIST)
    soup = press(admin, editor(soup), "year:2027", LIST)
    assert words(soup, "#year-h") == "Праздники и особые дни, 2027"
    assert "2026-05-12" not in editor(soup)["special_day"]
    soup = press(admin, editor(soup), "off:2027-02-01", LIST)
    save(admin, editor(soup))
    assert office().exceptions == {"2026-05-12": [], "2027-02-01": []}


@pytest.mark.parametrize(
    ("hours", "said"),
    [("", "Напишите часы"), ("да", "непонятно"), ("18-9", "кончается раньше")],
)
def test_hours_that_cannot_be(admin: Browser, hours: str, said: str) -> None:
    values = editor(press(admin, editor(admin.soup(address())), "day:2026-05-12", LIST))
    soup = press(admin, values | {"own_hours": hours}, "hours:2026-05-12", LIST)
    assert said in words(soup, ".day-edit .error")
    assert label(soup, "2026-05-12").startswith("yd-work")


@pytest.mark.parametrize(
    "command", ["day:вчера", "year:99999999", "year:x", "explode:2026-05-12", "off:", "x", ""]
)
def test_forged_commands_do_nothing(admin: Browser, command: str) -> None:
    values = editor(admin.soup(address())) | {"special_others": '{"2026": [1]}'}
    press(admin, values, command, LIST)
    for carried in ("[", "[1]", '"x"', '{"2027-01-01": "да"}'):
        soup = press(admin, values | {"special_others": carried}, command, LIST)
        assert soup.select("#days")
    assert office().exceptions == {}


def test_htmx_gets_the_year_and_the_preview(admin: Browser) -> None:
    values = editor(admin.soup(address())) | {"do": "off:2026-03-03"}
    soup = parsed(admin.post(f"{LIST}/draw", data=values, headers=HTMX))
    ids = [str(each["id"]) for each in soup.find_all(recursive=False) if each.get("id")]
    assert ids == ["days", "preview"]
    assert "вт 3 мар. особый выходной" in words(soup, "#preview .days-ahead")


def test_a_file_is_shown_before_it_is_saved(admin: Browser) -> None:
    values = press(admin, editor(admin.soup(address())), "off:2026-03-06", LIST)
    answer = read(admin, editor(values) | {"name_ru": "Будни"}, GOOGLE.encode())
    assert answer.status_code == 200
    soup = parsed(answer)
    told = words(soup, "#taken")
    assert "«days.ics»: прочитаны 2 дня. Они ещё не сохранены." in told
    assert "Новых: 1, изменённых: 1, уже таких же: 0. 1 событие не взято" in told
    assert "6 марта 2026" in words(soup, ".taken-days")
    assert label(soup, "2026-06-12").startswith("yd-own-off")
    assert editor(soup)["name_ru"] == "Будни"
    assert office().exceptions == {}
    save(admin, editor(soup))
    assert office().exceptions == {
        "2026-03-06": {"name": "Короткий день", "hours": [["09:00", "16:00"]]},
        "2026-06-12": {"name": "День России", "hours": []},
    }
    page = admin.soup(f"{address()}?year=2027")
    assert "2026-06-12" not in editor(page)["special_day"], "carried along in one field"
    save(admin, editor(page))
    page = admin.soup(f"{address()}?year=2026")
    assert "День России" in label(page, "2026-06-12")
    assert "Короткий день, особый: 9:00–16:00" in label(page, "2026-03-06")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 \x00\xff", "Это не файл календаря"),
        (b"x" * 60_000, "Файл слишком большой"),
        (file(), "нет событий"),
        (file(event("UID:1", "DTSTART;VALUE=DATE:20260505"))[:-20], "Файл обрывается"),
        (file(event("UID:1", "DTSTART;VALUE=DATE:20200105")), "нет событий с сегодняшнего дня"),
        (
            file(event("UID:1", "DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY")),
            "Не больше 500 особых дней",
        ),
        (
            file(event("UID:1", "DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=SECONDLY")),
            "повторяется каждый час или каждую секунду",
        ),
    ],
    ids=["pdf", "large", "empty", "cut off", "past", "too many", "each second"],
)
def test_files_that_are_refused_keep_the_form(
    admin: Browser, data: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ical, "MAX_BYTES", 50_000)
    answer = read(admin, editor(admin.soup(address())) | {"name_ru": "Будни"}, data)
    assert answer.status_code == 422
    soup = parsed(answer)
    assert said in words(soup, "#ics-error")
    assert editor(soup)["name_ru"] == "Будни"
    assert not any(editor(soup)["special_day"]), "nothing of the file is in the form"


def test_no_file_and_no_zone(admin: Browser) -> None:
    values = editor(admin.soup(address()))
    answer = admin.post(f"{LIST}/import", data=values, content_type="multipart/form-data")
    assert "Выберите файл" in words(parsed(answer), "#ics-error")
    answer = read(admin, values | {"zone": "../etc"}, GOOGLE.encode())
    assert answer.status_code == 422
    assert "часового пояса нет" in words(parsed(answer), "#ics-error")


def test_five_hundred_days_fit_the_form(admin: Browser) -> None:
    """Also when they are sent together with a file."""
    many = {f"{year}-{month:02}-{day:02}": [] for year in (2026, 2027) for month in range(1, 13)
            for day in range(1, 21)}  # fmt: skip
    with bus.unit_of_work():
        office().exceptions = many
    answer = read(admin, editor(admin.soup(address())), GOOGLE.encode())
    assert answer.status_code == 200
    save(admin, editor(parsed(answer)))
    assert len(office().exceptions) == 480


def test_agents_look_at_the_year(client: Browser, anton: Staff, masha: Staff) -> None:
    values = editor(sign_in(client, anton).soup(address()))
    sign_in(client, masha)
    soup = client.soup(f"{address()}?year=2027")
    assert words(soup, "#year-h").endswith("2027")
    assert not soup.select("button.yd, #ics")
    assert soup.select("a[href='?year=2028#days']")
    values["csrf_token"] = str(soup.select("[name=csrf_token]")[0]["value"])
    for path in ("draw", "import"):
        assert client.post(f"{LIST}/{path}", data=values).status_code == 403
        assert client.get(f"{LIST}/{path}").status_code == 303


def test_hours_typed_and_not_set_are_saved_too(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(address())), "day:2026-05-12", LIST)
    values = editor(soup) | {"own_hours": "10-12", "do": "save"}
    answer = admin.post(address(), data=values | {"own_hours": "когда-нибудь"})
    assert answer.status_code == 422
    refused = parsed(answer)
    assert "12 мая 2026" in words(refused, ".errors")
    assert editor(refused)["own_hours"] == "когда-нибудь"
    assert office().exceptions == {}
    save(admin, values)
    assert office().exceptions == {"2026-05-12": [["10:00", "12:00"]]}


def test_a_day_that_was_only_looked_at_stays_as_it_is(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(address())), "day:2026-05-12", LIST)
    save(admin, editor(soup))
    assert office().exceptions == {}
