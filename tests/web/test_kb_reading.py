"""A solution handed down from line 3: who is asked to read it, who has, who is reminded."""

import pytest
from flask.testing import FlaskClient

from core import bus
from core.clock import Frozen, now
from core.db import db
from models import ArticleState, HandDown, HandDownReader, Notice, OutboxItem, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.faq import answer
from tests.support.people import hire, sign_in

FIRST = ("first", "Первая линия", "First line")


@pytest.fixture
def desk(client: Browser, vera: Staff, masha: Staff, sergey: Staff, clock: Frozen) -> Browser:
    return sign_in(client, vera)


def group_of(desk: Browser, number: int, name: str) -> str:
    page = desk.soup(f"/agent/kb/{number}?lang=ru")
    labels = page.select("form[action$='/hand-down'] label.check")
    (found,) = (one for one in labels if name in one.get_text())
    return str(found.select("input")[0]["value"])


def hand_down(desk: Browser, number: int, *groups: str, note: str = "") -> None:
    chosen = [group_of(desk, number, name) for name in groups]
    sent = desk.submit(
        f"/agent/kb/{number}?lang=ru", "form[action$='/hand-down']", groups=chosen, note=note
    )
    assert sent.status_code == 303


def told(person: Staff) -> list[str]:
    with bus.unit_of_work(writes=False):
        return [
            row.key for row in db.session.query(Notice).filter_by(staff_id=person.id).order_by("id")
        ]


def test_a_group_is_told_reads_and_is_seen_to_have_read(
    desk: Browser, vera: Staff, masha: Staff, sergey: Staff
) -> None:
    kira = hire("Кира", "kira@kurier.example", group=FIRST)
    number = answer("Терминал не печатает", body="## Шаг\n\nПрошейте **2.1**.", slug="print")
    hand_down(desk, number, "Первая линия", note="Теперь решаете сами")
    assert [len(told(one)) for one in (masha, kira, sergey, vera)] == [1, 1, 0, 0]
    with bus.unit_of_work(writes=False):
        (mail,) = db.session.query(OutboxItem).filter_by(recipient=masha.email)
        assert "Вера просит прочитать: Терминал не печатает" in mail.payload["subject"]
    editor = desk.soup(f"/agent/kb/{number}?lang=ru")
    assert "прочитали 0 из 2" in editor.select_one("#hand-down").parent.get_text()

    mine = sign_in(desk, masha)
    assert "Прочитать 1" in mine.soup("/agent/kb").select_one("main").get_text(" ", strip=True)
    notice = mine.soup("/agent/notices").select_one("a[href^='/agent/kb/reading/']")
    assert notice is not None
    page = f"/agent/kb/reading/{reading(masha).hand_down_id}"
    shown = mine.soup(page)
    assert "Теперь решаете сами" in shown.select_one(".callout").get_text()
    assert shown.select_one(".kb-art strong").get_text() == "2.1"
    done = mine.submit(page, "form[action^='/agent/kb/reading/']")
    assert (done.status_code, done.location) == (303, "/agent/kb/reading")
    assert reading(masha).read_at is not None
    assert mine.soup(page).select("form[action^='/agent/kb/reading/']") == []

    editor = sign_in(desk, vera).soup(f"/agent/kb/{number}?lang=ru")
    assert "прочитали 1 из 2" in editor.select_one("#hand-down").parent.get_text()


def reading(person: Staff) -> HandDownReader:
    with bus.unit_of_work(writes=False):
        return db.session.query(HandDownReader).filter_by(staff_id=person.id).one()


def test_who_has_not_read_is_reminded_once_a_day(
    desk: Browser, clock: Frozen, vera: Staff, masha: Staff, sergey: Staff
) -> None:
    number = answer("Терминал не печатает", slug="print")
    hand_down(desk, number, "Первая линия", "Ремонт")
    with bus.unit_of_work():
        db.session.get_one(HandDownReader, (reading(masha).hand_down_id, masha.id)).read_at = now()
    page, form = f"/agent/kb/{number}?lang=ru", "form[action$='/remind']"
    clock.advance(hours=3)
    assert desk.submit(page, form).status_code == 303
    assert (len(told(masha)), len(told(sergey))) == (1, 2)
    again = desk.submit(page, form)
    assert again.status_code == 422
    assert "уже" in parsed(again).select_one(".error").get_text()
    clock.advance(hours=25)
    assert desk.submit(page, form).status_code == 303
    assert len(told(sergey)) == 3


def test_nobody_else_reads_it_and_a_draft_is_not_handed_down(
    desk: Browser, masha: Staff, sergey: Staff
) -> None:
    number = answer("Секрет", state=ArticleState.DRAFT, slug="secret")
    assert desk.soup(f"/agent/kb/{number}?lang=ru").select("form[action$='/hand-down']") == []
    public = answer("Есть", slug="est")
    page = f"/agent/kb/{public}?lang=ru"
    forged = {"groups": "9999"}
    for values in ({}, forged, {"groups": "x"}):
        sent = desk.submit(page, "form[action$='/hand-down']", note="Вот", **values)
        assert sent.status_code == 422
        shown = parsed(sent)
        assert "группы" in shown.select_one(".error").get_text()
        assert shown.select_one("#down-note")["value"] == "Вот"
    hand_down(desk, public, "Первая линия")
    stranger: FlaskClient = sign_in(desk, sergey)
    address = f"/agent/kb/reading/{reading(masha).hand_down_id}"
    assert stranger.get(address).status_code == 404
    for wrong in ("999999", "99999999999"):
        assert stranger.get(f"/agent/kb/reading/{wrong}").status_code == 404
    assert "Пока нечего" in sign_in(desk, sergey).get("/agent/kb/reading").text


def test_what_became_a_draft_again_waits(desk: Browser, masha: Staff, vera: Staff) -> None:
    number = answer("Есть", slug="est", state=ArticleState.INTERNAL)
    hand_down(desk, number, "Первая линия")
    desk.submit(f"/agent/kb/{number}?lang=ru", "form[action$='/state']", state="draft")
    mine = sign_in(desk, masha)
    assert "Пока нечего" in mine.get("/agent/kb/reading").text
    assert mine.get(f"/agent/kb/reading/{reading(masha).hand_down_id}").status_code == 404


def test_the_form_sent_twice_asks_once(desk: Browser, masha: Staff) -> None:
    number = answer("Есть", slug="est")
    page = f"/agent/kb/{number}?lang=ru"
    form = desk.soup(page).select_one("form[action$='/hand-down']")
    assert form is not None
    fields = {**filled(form), "groups": group_of(desk, number, "Первая линия")}
    for _time in range(2):
        assert desk.post(f"/agent/kb/{number}/hand-down", data=fields).status_code == 303
    with bus.unit_of_work(writes=False):
        assert db.session.query(HandDown).count() == 1
    assert len(told(masha)) == 1
