"""Looking after an article: by whom, when again, and a draft that appears by itself."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import care
from desk.errors import Invalid
from models import Article, ArticleState, Notice, OutboxItem, Staff
from scheduler import jobs
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.faq import answer
from tests.support.people import sign_in

FORM = "form[action$='/care']"


@pytest.fixture
def desk(client: Browser, masha: Staff, clock: Frozen) -> Browser:
    return sign_in(client, masha)


def draft() -> int:
    return answer("Новая зона", state=ArticleState.DRAFT, slug="zona")


def article(number: int) -> Article:
    return db.session.get_one(Article, number)


def local(pattern: str = "%Y-%m-%dT%H:%M", **more: Any) -> str:
    return (now() + timedelta(**more)).astimezone(ZoneInfo("Europe/Moscow")).strftime(pattern)


def test_a_draft_appears_when_its_moment_has_come(
    desk: Browser, app: Flask, clock: Frozen, masha: Staff
) -> None:
    number = draft()
    page = f"/agent/kb/{number}?lang=ru"
    wanted = local(hours=2)
    sent = desk.submit(page, FORM, publish_at=wanted, owner=str(masha.id))
    assert sent.status_code == 303
    again = desk.soup(page)
    assert again.select_one("#publish_at")["value"] == wanted
    assert "Маша" in desk.soup("/agent/kb").select_one("main").get_text()
    jobs.publish_articles(app)
    assert article(number).state == ArticleState.DRAFT
    clock.advance(hours=2, minutes=1)
    jobs.publish_articles(app)
    jobs.publish_articles(app)
    db.session.expire_all()
    row = article(number)
    assert (row.state, row.publish_at) == (ArticleState.PUBLISHED, None)
    assert desk.get(f"/ru/a/{number}-zona").status_code == 200


def test_one_that_was_published_meanwhile_is_left_alone(
    desk: Browser, app: Flask, clock: Frozen
) -> None:
    number = draft()
    page = f"/agent/kb/{number}?lang=ru"
    desk.submit(page, FORM, publish_at=local(hours=2))
    desk.submit(page, "form[action$='/state']", state="internal")
    clock.advance(hours=3)
    with bus.unit_of_work(writes=False):
        assert article(number).publish_at is not None
    jobs.publish_articles(app)
    db.session.expire_all()
    assert (article(number).state, article(number).publish_at) == (ArticleState.INTERNAL, None)


def test_what_is_to_be_looked_at_again(desk: Browser, clock: Frozen) -> None:
    number = answer("Тарифы")
    page = f"/agent/kb/{number}?lang=ru"
    assert desk.submit(page, FORM, review_at=local("%Y-%m-%d", days=10)).status_code == 303
    assert desk.soup("/agent/kb").select_one("#due-h") is None
    clock.advance(days=11)
    assert desk.soup("/agent/kb").select_one("#due-h") is not None
    assert desk.submit(page, FORM, review_at="").status_code == 303
    assert desk.soup("/agent/kb").select_one("#due-h") is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"review_at": "завтра"}, "день"),
        ({"publish_at": "2020-01-01T10:00"}, "в будущем"),
        ({"publish_at": "x"}, "время"),
        ({"owner": "999999"}, "коллегу"),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(
    desk: Browser, values: dict[str, str], said: str
) -> None:
    number = draft()
    page = f"/agent/kb/{number}?lang=ru"
    refused = desk.submit(page, FORM, **values)
    assert refused.status_code == 422
    box = parsed(refused)
    problem = box.select_one("#kb-care ~ .error")
    assert problem is not None
    assert said in problem.get_text()
    for name, value in values.items():
        field = box.select_one(f"#{name}")
        assert name == "owner" or field["value"] == value
    assert (article(number).publish_at, article(number).review_at) == (None, None)


def test_a_published_one_has_no_moment(desk: Browser) -> None:
    number = answer("Тарифы")
    assert desk.soup(f"/agent/kb/{number}").select_one("#publish_at") is None
    with bus.unit_of_work(), pytest.raises(Invalid):
        care.look_after(article(number), care.Care(publish_at=article(number).created_at))


def test_who_looks_after_an_article_is_told_on_its_day_once(
    desk: Browser, app: Flask, clock: Frozen, masha: Staff
) -> None:
    number = answer("Возврат", slug="vozvrat")
    page = f"/agent/kb/{number}?lang=ru"
    desk.submit(page, FORM, owner=str(masha.id), review_at=local("%Y-%m-%d", days=2))
    jobs.publish_articles(app)
    assert db.session.query(Notice).count() == 0
    clock.advance(days=2)
    jobs.publish_articles(app)
    jobs.publish_articles(app)
    db.session.expire_all()
    (told,) = db.session.query(Notice).all()
    assert (told.staff_id, told.occasion) == (masha.id, "review")
    (mail,) = db.session.query(OutboxItem).all()
    assert mail.payload["subject"] == "Проверьте статью: Возврат"
    bell = desk.soup("/agent/notices").select_one(f"a[href='/agent/kb/{number}']")
    assert bell is not None
    db.session.rollback()
    desk.submit(page, FORM, review_at=local("%Y-%m-%d", days=1))
    clock.advance(days=1)
    jobs.publish_articles(app)
    assert db.session.query(Notice).count() == 2


def test_nobody_is_told_of_an_article_without_an_owner(
    desk: Browser, app: Flask, clock: Frozen
) -> None:
    number = answer("Возврат", slug="vozvrat")
    desk.submit(f"/agent/kb/{number}?lang=ru", FORM, review_at=local("%Y-%m-%d", days=1))
    clock.advance(days=3)
    jobs.publish_articles(app)
    assert db.session.query(Notice).count() == 0
