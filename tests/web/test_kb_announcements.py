"""What clients are told before they write: shown in its time, in their language, taken down."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from core.clock import Frozen, now
from core.db import db
from models import Announcement, EventRecord, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in

LIST = "/agent/kb/announcements"
FORM = "main form.card"


@pytest.fixture
def head(client: Browser, olga: Staff, clock: Frozen) -> Browser:
    return sign_in(client, olga)


def local(**more: float) -> str:
    at = now() + timedelta(**more)
    return at.astimezone(ZoneInfo("Europe/Moscow")).strftime("%Y-%m-%dT%H:%M")


def told(client: Browser, page: str = "/ru/") -> list[str]:
    return [one.get_text(strip=True) for one in client.soup(page).select(".note[role=status]")]


def test_shown_in_its_time_and_taken_down(head: Browser, clock: Frozen) -> None:
    assert "Объявлений нет" in head.soup(LIST).select_one("main").get_text()
    sent = head.submit(
        f"{LIST}/new",
        FORM,
        text_ru="Знаем о сбое, обращение не нужно",
        text_en="We know of the outage",
        starts_at=local(hours=1),
        ends_at=local(hours=3),
    )
    assert sent.status_code == 303
    assert told(head) == []
    assert "будет" in head.soup(LIST).select_one("main").get_text()
    clock.advance(hours=1, minutes=1)
    assert told(head) == told(head, "/ru/contact") == ["Знаем о сбое, обращение не нужно"]
    assert told(head, "/en/") == ["We know of the outage"]
    clock.advance(hours=2)
    assert told(head) == []
    number = db.session.query(Announcement).one().id
    assert head.submit(f"{LIST}/{number}", FORM, ends_at="").status_code == 303
    assert len(told(head)) == 1
    assert head.submit(LIST, "form[action$='/end']").status_code == 303
    assert told(head) == []
    assert "прошло" in head.soup(LIST).select_one("main").get_text()
    logged = db.session.query(EventRecord).filter_by(kind="settings_changed").all()
    assert [row.data["what"] for row in logged] == ["announcement"] * 3


@pytest.mark.parametrize(
    "values",
    [
        {"text_ru": ""},
        {"text_ru": "я" * 501},
        {"text_en": "y" * 501},
        {"direction": "999999"},
        {"starts_at": "x"},
        {"ends_at": "2020-01-01T10:00"},
    ],
)
def test_what_can_not_be_taken_is_named(head: Browser, values: dict[str, str]) -> None:
    refused = head.submit(f"{LIST}/new", FORM, **{"text_ru": "Сбой", **values})
    assert refused.status_code == 422
    assert db.session.query(Announcement).count() == 0
    assert told(head) == []


def test_nothing_in_it_is_obeyed(head: Browser) -> None:
    head.submit(f"{LIST}/new", FORM, text_ru="<b onclick=alert(1)>Сбой</b> {{ 7*7 }}")
    assert told(head) == ["<b onclick=alert(1)>Сбой</b> {{ 7*7 }}"]


def test_who_may(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}/new").status_code == 403
    assert client.get(f"{LIST}/999").status_code == 403
