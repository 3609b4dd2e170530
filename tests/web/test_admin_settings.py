"""Settings of the company and the first page of administration."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus, i18n
from core.clock import Frozen
from core.db import db
from desk import deadlines, health, outbox, settings
from desk.outbox import Mail
from models import Calendar, EventRecord, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in

PAGE = "/admin/settings"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def form(admin: Browser) -> dict[str, Any]:
    found = admin.soup(PAGE).select_one("main form")
    assert found is not None
    return filled(found)


def token(client: Browser) -> str:
    return str(client.soup("/admin/").select("[name=csrf_token]")[0]["value"])


def setting(key: str) -> Any:
    with bus.unit_of_work(writes=False):
        return settings.get(key)


def test_settings_are_kept_and_said_in_the_log(admin: Browser, anton: Staff) -> None:
    values = form(admin) | {"company_name_ru": "Курьер+", "support_email": "Help@Kurier.Example"}
    values |= {"support_phone": "+7 495 000-00-00", "promise_minutes": "30"}
    assert admin.post(PAGE, data=values).status_code == 303
    assert setting("company_name_ru") == "Курьер+"
    assert setting("support_email") == "help@kurier.example"
    assert setting("promise_minutes") == 30
    (event,) = db.session.query(EventRecord).filter_by(kind="settings_changed").all()
    assert event.actor_id == anton.id
    assert event.data["after"]["promise_minutes"] == 30
    assert "company_name_en" not in event.data["after"]
    assert admin.post(PAGE, data=form(admin)).status_code == 303
    assert db.session.query(EventRecord).filter_by(kind="settings_changed").count() == 1


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("company_name_ru", ""),
        ("company_name_en", "x" * 121),
        ("support_email", "не адрес"),
        ("support_email", "a@b.example\nBcc: all@b.example"),
        ("support_phone", "7" * 61),
        ("promise_minutes", "скоро"),
        ("promise_minutes", "-1"),
        ("promise_minutes", "99999999999999999999"),
        ("calendar", "нет"),
        ("zone", "Europe/Atlantis"),
        ("zone", "../etc/passwd"),
    ],
)
def test_wrong_ones_are_refused_and_kept(admin: Browser, name: str, wrong: str) -> None:
    before = setting(name)
    answer = admin.post(PAGE, data=form(admin) | {name: wrong})
    assert answer.status_code == 422
    soup = parsed(answer)
    assert soup.select_one(f'.errors a[href="#{name}"]')
    assert setting(name) == before


def shown_zone(browser: Browser) -> str:
    return str(browser.soup("/agent/").select("[data-zone]")[0]["data-zone"])


def test_the_zone_of_the_company_is_that_of_whoever_has_none(
    admin: Browser, anton: Staff, masha: Staff, client: Browser
) -> None:
    assert shown_zone(admin) == "Europe/Moscow"
    change_zone_of_calendar("Asia/Omsk", anton)
    assert shown_zone(admin) == "Asia/Omsk"
    soup = admin.soup(PAGE)
    assert soup.select("#zone")[0]["placeholder"] == "Asia/Omsk"
    assert soup.select('#zones [value="Asia/Yekaterinburg"]')[0].get_text() == "Екатеринбург"
    assert admin.post(PAGE, data=form(admin) | {"zone": "Asia/Yekaterinburg"}).status_code == 303
    assert shown_zone(admin) == "Asia/Yekaterinburg"
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).zone = "Asia/Vladivostok"
    with bus.unit_of_work(writes=False):
        db.session.expire_all()
        assert db.session.get_one(Staff, anton.id).zone == "Asia/Yekaterinburg"
        assert db.session.get_one(Staff, masha.id).zone == "Asia/Vladivostok"
    assert admin.post(PAGE, data=form(admin) | {"zone": ""}).status_code == 303
    assert shown_zone(admin) == "Asia/Omsk"


def change_zone_of_calendar(zone: str, by: Staff) -> None:
    with bus.unit_of_work():
        row = db.session.query(Calendar).filter_by(key="office").one()
        same = {"week": row.week, "exceptions": row.exceptions, "holidays": row.holidays}
        deadlines.change_calendar(row, by=by, zone=zone, **same)


def test_visitors_see_the_zone_of_the_company(app: Flask, admin: Browser) -> None:
    assert admin.post(PAGE, data=form(admin) | {"zone": "Asia/Yekaterinburg"}).status_code == 303
    with app.test_request_context("/ru/"), bus.unit_of_work(writes=False):
        app.preprocess_request()
        assert i18n.zone() == "Asia/Yekaterinburg"


def test_saved_by_two_at_once(admin: Browser) -> None:
    mine, theirs = form(admin), form(admin)
    assert admin.post(PAGE, data=theirs | {"support_phone": "1"}).status_code == 303
    answer = admin.post(PAGE, data=mine | {"support_phone": "2"})
    assert answer.status_code == 409
    soup = parsed(answer)
    assert [dd.get_text() for dd in soup.select(".theirs dd")] == ["1"]
    found = soup.select_one("main form")
    assert found is not None
    assert admin.post(PAGE, data=filled(found)).status_code == 303
    assert setting("support_phone") == "2"


def test_only_administrators(client: Browser, olga: Staff) -> None:
    sign_in(client, olga)
    assert client.get(PAGE).status_code == 403
    keys = {"csrf_token": token(client), "form_key": "x" * 20}
    assert client.post(PAGE, data=keys).status_code == 403


def test_first_page_tells_alive_late_and_dead(admin: Browser, clock: Frozen, app: Flask) -> None:
    def told() -> str:
        return " ".join(admin.soup("/admin/").get_text().split())

    assert "стоят" in told()
    with bus.unit_of_work():
        health.beat("тест")
        outbox.put(Mail("a@b.example", "Тема", "Текст", "test"), dedupe="1")
    assert "работают" in told()
    clock.advance(minutes=6)
    with bus.unit_of_work():
        health.beat("тест")
    assert "отстают" in told()
    assert "6 мин" in told()
    clock.advance(seconds=timedelta(minutes=1).seconds)
    assert "стоят" in told()


def test_places_by_rights(client: Browser, anton: Staff, olga: Staff, masha: Staff) -> None:
    def places(who: Staff) -> list[str]:
        soup = sign_in(client, who).soup("/admin/")
        return [str(a["href"]).rpartition("/")[2] for a in soup.select(".places a")]

    everybody = ["triggers", "synonyms", "counters", "calendars"]
    staffing = ["routing", "groups", "people", "skills", "schedules", "absences", "types"]
    heads = [*everybody, *staffing, "outgoing"]
    assert places(anton) == [*heads, "letters", "notices", "settings"]
    assert places(olga) == heads
    assert places(masha) == everybody


def test_the_address_of_a_colleague_is_not_the_support(admin: Browser, olga: Staff) -> None:
    """Mails never go to our own address: her notices would stop."""
    before = setting("support_email")
    answer = admin.post(PAGE, data=form(admin) | {"support_email": "Olga@kurier.example"})
    assert answer.status_code == 422
    assert olga.name in answer.text
    assert setting("support_email") == before
