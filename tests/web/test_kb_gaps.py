"""The work list of editors in the browser, and an article that is written from a ticket."""

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import feedback, gaps, jobs, tickets
from models import (
    Article,
    ArticleCategory,
    ArticleState,
    Case,
    CaseArticle,
    Direction,
    KnowledgeGap,
    Staff,
)
from models import Client as Customer
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.faq import answer
from tests.support.people import sign_in
from tests.support.tickets import opened

PAGE = "/agent/kb/gaps"
FORM = "form[action='/agent/kb/new']"


@pytest.fixture
def desk(client: Browser, masha: Staff, clock: Frozen) -> Browser:
    with bus.unit_of_work():
        row = ArticleCategory(slug="delivery", name_ru="Доставка", name_en="Delivery", icon="truck")
        db.session.add(row)
    return sign_in(client, masha)


def looked(said: str = "зимние шины", people: int = 1) -> None:
    for who in range(people):
        feedback.record_search(said, locale="ru", hits=0, visitor=f"v{who}")
    gaps.find()


def gap() -> KnowledgeGap:
    return db.session.query(KnowledgeGap).one()


def test_asked_for_anew_watched_and_written(desk: Browser) -> None:
    assert "Пробелов не видно" in desk.soup(PAGE).select_one("main").get_text()
    feedback.record_search("зимние шины", locale="ru", hits=0, visitor="v1")
    assert desk.submit(PAGE, "form[action$='/find']").status_code == 303
    assert desk.soup(PAGE).select_one("progress") is not None
    assert jobs.run_next()
    page = desk.soup(PAGE)
    assert page.select_one("progress") is None
    assert "зимние шины" in page.select_one("#gaps").get_text()
    write = str(page.select_one("#gaps a.btn")["href"])
    sent = desk.submit(write, FORM, body="Есть на складе.")
    assert sent.status_code == 303
    article = db.session.query(Article).one()
    assert (article.state, article.texts[0].title) == (ArticleState.DRAFT, "зимние шины")
    assert (gap().state, gap().article_id) == ("done", article.id)
    assert "зимние шины" in desk.soup(f"{PAGE}?shelf=done").select_one("#gaps").get_text()


def test_not_needed_open_again_and_what_is_refused(desk: Browser) -> None:
    looked()
    form = f"form[action='{PAGE}/{gap().id}']"
    for shelf, state in (("open", "dismissed"), ("dismissed", "open")):
        page = f"{PAGE}?shelf={shelf}"
        assert desk.submit(page, form, state=state).location.endswith(f"shelf={shelf}")
        assert gap().state == state
    assert desk.submit(PAGE, form, state="gone").status_code == 422
    values = filled(desk.soup(PAGE).select_one(form)) | {"state": "meant"}
    assert desk.post(f"{PAGE}/{gap().id}", data=values).status_code == 422
    assert desk.post(f"{PAGE}/999999", data=values).status_code in (404, 422)
    assert desk.get("/agent/kb/new?gap=999999").status_code == 404


def test_it_is_that_one(desk: Browser) -> None:
    number = answer("Возврат колёс", slug="kolesa")
    looked("вернуть колеса шины", people=3)
    form = f"form[action='{PAGE}/{gap().id}']"
    assert desk.submit(PAGE, form, state="meant").status_code == 303
    article = db.session.get_one(Article, number)
    assert (article.texts[0].learned, gap().state) == ("вернуть колеса шины", "done")


def test_an_article_from_a_ticket_without_anything_personal(
    desk: Browser, ivan: Customer, masha: Staff
) -> None:
    number = opened(
        ivan,
        "Иван Петров: не печатает чек, заказ 4455667",
        text="Добрый день! Терминал на кассе не печатает чек.\nС уважением, Иван Петров",
    ).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.add_note(case, "Внутреннее", by=masha)
        reply = "Здравствуйте, Иван!\nЗамените ленту. Пишите на masha@kurier.example.\n"
        reply += "С уважением, Маша"
        tickets.reply(case, reply, by=masha)
        tickets.solve(case, by=masha)
    link = desk.soup(f"/agent/t/{number}").select_one("a[href^='/agent/kb/new?case=']")
    assert link is not None
    page = desk.soup(str(link["href"]))
    values = filled(page.select_one(FORM))
    assert values["title"] == "не печатает чек, заказ"
    assert values["body"].strip() == "Замените ленту. Пишите на …."
    assert values["aliases"].strip() == "Терминал на кассе не печатает чек."
    for secret in ("Иван", "Петров", "4455667", "masha@", "Внутреннее", "Маша"):
        assert secret not in " ".join(
            map(str, (values["title"], values["body"], values["aliases"]))
        )
    refused = desk.post("/agent/kb/new", data={**values, "title": ""})
    assert refused.status_code == 422
    again = filled(parsed(refused).select_one(FORM))
    assert (again["case"], again["body"].strip()) == (str(number), values["body"].strip())
    assert desk.post("/agent/kb/new", data={**again, "title": "Чек"}).status_code == 303
    row = db.session.query(CaseArticle).one()
    assert (row.case_id, row.kind) == (number, "source")


def test_a_ticket_that_is_hidden_begins_no_article(
    desk: Browser, ivan: Customer, masha: Staff
) -> None:
    with bus.unit_of_work():
        first = Direction(key="a", name_ru="А", name_en="A", position=1)
        second = Direction(key="b", name_ru="Б", name_en="B", position=2)
        db.session.add_all([first, second])
        db.session.flush()
        db.session.get_one(Staff, masha.id).directions = [first]
        elsewhere = second.id
    number = opened(ivan, "Чужое", direction_id=elsewhere).id
    assert desk.get(f"/agent/kb/new?case={number}").status_code == 404
