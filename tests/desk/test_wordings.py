"""Articles learn how people ask for them: from votes, requests not sent and links of agents."""

import pytest

from core import bus
from core.db import db
from desk import deflections, faq, feedback, linked, settings, tickets, wordings
from desk.errors import Invalid
from desk.masking import masked, question_of
from desk.search import search_articles
from desk.wordings import Asked
from models import (
    Article,
    ArticleText,
    ArticleWording,
    Case,
    CaseArticle,
    Client,
    Staff,
    WordingSource,
    WordingState,
)
from tests.support.faq import answer
from tests.support.tickets import opened

TITLE = "Возврат денег на карту"
SAID = "куда делись мои деньги за отменённый заказ"


@pytest.fixture
def number(ivan: Client) -> int:
    answer("Смена адреса", slug="adres")
    return answer(TITLE, body="Деньги приходят за три дня.", slug="vozvrat")


def hears(number: int, said: str = SAID, who: str = "visitor:1") -> ArticleWording | None:
    with bus.unit_of_work():
        return wordings.heard(number, "ru", Asked(said, WordingSource.SEARCH, who))


def kept() -> list[ArticleWording]:
    db.session.rollback()
    return db.session.query(ArticleWording).order_by(ArticleWording.id).all()


def learned(number: int) -> str:
    db.session.rollback()
    return db.session.query(ArticleText).filter_by(article_id=number, locale="ru").one().learned


def finds(query: str) -> list[int]:
    with bus.unit_of_work(writes=False):
        return [hit.article_id for hit in search_articles(query, "ru").hits]


def test_three_people_teach_it_and_one_never(number: int) -> None:
    for _time in range(5):
        hears(number)
    assert [(row.state, row.times) for row in kept()] == [(WordingState.SUGGESTED, 1)]
    assert finds("делись отменённый") == []
    hears(number, "Куда делись мои деньги за отмененные заказы?", "visitor:2")
    hears(number, SAID, "visitor:3")
    assert [(row.state, row.times, row.decided_by) for row in kept()] == [
        (WordingState.TAKEN, 3, None)
    ]
    assert learned(number) == SAID
    assert finds("делись отменённый")[0] == number


def test_where_nothing_is_taken_unseen_an_editor_decides_and_takes_back(
    number: int, masha: Staff
) -> None:
    with bus.unit_of_work():
        settings.put("wordings_taken_at", 0)
    for who in "abcdef":
        hears(number, who=who)
    assert learned(number) == ""
    for state, then in (
        (WordingState.TAKEN, SAID),
        (WordingState.SUGGESTED, ""),
        (WordingState.DECLINED, ""),
    ):
        with bus.unit_of_work():
            wordings.decide(wordings.wording_for(kept()[0].id), state, by=masha)
        assert learned(number) == then
    hears(number, who="g")
    assert [(row.state, row.times) for row in kept()] == [(WordingState.DECLINED, 7)]
    assert finds("делись отменённый") == []


@pytest.mark.parametrize(
    "said",
    [
        TITLE,
        "возвраты денег на карты",
        "и на",
        "!!!",
        "12345678",
        "ivan@sevsklad.example",
        "и " * 60,
    ],
)
def test_what_teaches_nothing_is_not_kept(number: int, said: str) -> None:
    assert hears(number, said) is None
    assert kept() == []


def test_a_search_that_led_to_an_answer_which_helped(number: int) -> None:
    feedback.record_search(SAID, locale="ru", hits=3, visitor="a" * 64)
    feedback.clicked(number, visitor="a" * 64, locale="ru")
    for value in (-1, 1, 1):
        with bus.unit_of_work():
            article = db.session.get_one(Article, number)
            feedback.vote(article, visitor="a" * 64, value=value)
            feedback.vote(article, visitor="b" * 64, value=1)
    assert [(row.said, row.source, row.times) for row in kept()] == [(SAID, "search", 1)]


def test_a_request_that_was_not_sent(number: int) -> None:
    other = answer("Другое", slug="drugoe")
    for shown, opened_ones, count in (
        ([number, other], [], 0),
        ([number, other], [number, other], 0),
        ([other], [number], 0),
        ([number, other], [number, 10**6], 1),
    ):
        with bus.unit_of_work():
            deflections.helped(SAID, locale="ru", visitor="v", articles=shown, opened=opened_ones)
        assert len(kept()) == count
    assert (kept()[0].source, kept()[0].text.article_id) == ("request", number)


def test_an_answer_of_an_agent_with_a_link(number: int, ivan: Client, masha: Staff) -> None:
    draft = answer("Черновик", slug="draft")
    with bus.unit_of_work():
        faq.unpublish(db.session.get_one(Article, draft))
    ticket = opened(ivan, "Где деньги за заказ 4455667, это Иван Петров").id
    text = f"Смотрите http://127.0.0.1/ru/a/{number}-vozvrat и /ru/a/{draft}-draft и /en/a/999999"
    with bus.unit_of_work():
        tickets.add_note(db.session.get_one(Case, ticket), text, by=masha)
    assert db.session.query(CaseArticle).count() == 0
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, ticket), text, by=masha)
        linked.read_before(db.session.get_one(Case, ticket), [draft, number])
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, ticket), text, by=masha)
    rows = [(row.article_id, row.kind) for row in linked.of_case(db.session.get_one(Case, ticket))]
    assert sorted(rows) == [(number, "read"), (number, "sent")]
    (row,) = kept()
    assert (row.said, row.times, row.case_id) == ("Где деньги за заказ, это", 1, ticket)


def test_by_hand(number: int, masha: Staff) -> None:
    text = db.session.query(ArticleText).filter_by(article_id=number).one()
    with bus.unit_of_work():
        wordings.add(db.session.merge(text), "вернуть оплату", by=masha)
    assert learned(number) == "вернуть оплату"
    with bus.unit_of_work(), pytest.raises(Invalid):
        wordings.add(db.session.get_one(ArticleText, text.id), TITLE, by=masha)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Напишите на ivan@sevsklad.example или +7 (921) 555-12-34", "Напишите на или"),
        ("Заказ № 4455667 не пришёл", "Заказ не пришёл"),
        ("Карта 4276 1234 5678 9012 списала 100 рублей", "Карта списала 100 рублей"),
        ("Смирнова Анна Сергеевна ждёт ответа", "ждёт ответа"),
        ("Ошибка 404 и 1С 8.3", "Ошибка 404 и 1С 8.3"),
        ("Где посылка КР-86112?", "Где посылка?"),
        ("вера в людей", "вера в людей"),
        ("see https://x.example/a?token=1 now", "see now"),
    ],
)
def test_masking(said: str, shown: str) -> None:
    assert masked(said) == shown


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Здравствуйте! Добрый день. Не печатает чек. Что делать?", "Не печатает чек."),
        ("Hello, the terminal is dead.\nBest regards, John Smith", "the terminal is dead."),
        ("Где мой заказ, с уважением Иван", "Где мой заказ"),
        ("…, здравствуйте! Не печатает чек.", "Не печатает чек."),
        ("Привет", "Привет"),
        ("", ""),
    ],
)
def test_the_question_of_a_message(said: str, question: str) -> None:
    assert question_of(said) == question
