"""Answers found by what they mean: vectors kept in step with the articles, and none needed."""

from collections.abc import Iterator

import numpy as np
import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import faq, settings
from desk.faq import Wording
from desk.readers import EVERYBODY, STAFF, Reader
from desk.search import search_articles, suggest
from desk.search.meaning import catching_up, encoder
from desk.search.meaning.nearness import question
from desk.search.meaning.packing import pack, packed, unpack
from desk.search.meaning.passages import LONGEST, MOST, passages
from models import Article, ArticleCategory
from models.search import ArticleVector
from scheduler import jobs

ANSWERS = {
    "money": Wording("Как вернуть деньги", "Деньги придут на карту за десять дней."),
    "address": Wording("Как изменить адрес доставки", "Пока заказ на складе, меняете вы сами."),
    "password": Wording("Забыли пароль", "Нажмите «Забыли пароль?» на странице входа."),
    "invoice": Wording("Счёт и акт для компании", "Счёт выставим за день."),
    "hours": Wording("Часы работы", "Мы работаем с девяти до шести по будням."),
}


@pytest.fixture
def meaning() -> Iterator[None]:
    encoder.load()
    yield
    encoder.forget()


@pytest.fixture
def articles(app: Flask) -> dict[str, Article]:
    with bus.unit_of_work():
        shelf = ArticleCategory(slug="help", name_ru="Помощь", name_en="Help")
        made = {key: faq.create(shelf, {"ru": said}, by=None) for key, said in ANSWERS.items()}
        for article in made.values():
            faq.publish(article)
    return made


def first(query: str, who: Reader = EVERYBODY) -> str | None:
    with bus.unit_of_work(writes=False):
        found = search_articles(query, "ru", who=who).hits
    return found[0].title if found else None


def caught_up() -> int:
    """How many turns it took."""
    turns = 0
    while catching_up.catch_up():
        turns += 1
    return turns


@pytest.mark.usefixtures("meaning")
def test_what_is_worded_differently_is_found(articles: dict[str, Article]) -> None:
    query = "хочу обратно средства"
    assert first(query) is None
    assert caught_up() == 1
    assert first(query) == ANSWERS["money"].title
    assert first("когда у вас рабочий день") == ANSWERS["hours"].title
    with bus.unit_of_work(writes=False):
        assert suggest("не могу зайти в учётную запись", "ru")[0].title == "Забыли пароль"
    assert caught_up() == 0


@pytest.mark.usefixtures("meaning")
def test_searching_for_exactly_this_asks_for_the_words(articles: dict[str, Article]) -> None:
    caught_up()
    with bus.unit_of_work(writes=False):
        assert search_articles("обратно средства", "ru", exact=True).hits == []


@pytest.mark.usefixtures("meaning")
def test_vectors_follow_what_editors_write(articles: dict[str, Article]) -> None:
    caught_up()
    with bus.unit_of_work():
        told = Wording("Как приготовить борщ", "Сварите свёклу.")
        faq.edit(articles["hours"], "ru", told, by=None)
        faq.make_internal(articles["money"])
        faq.unpublish(articles["invoice"])
    assert caught_up() == 1
    assert first("рецепт супа") == "Как приготовить борщ"
    assert first("хочу обратно средства") != ANSWERS["money"].title
    assert first("хочу обратно средства", STAFF) == ANSWERS["money"].title
    assert first("выставите документ для бухгалтерии") != ANSWERS["invoice"].title
    with bus.unit_of_work():
        db.session.delete(articles["password"])
    assert first("не могу зайти в учётную запись") != ANSWERS["password"].title


@pytest.mark.usefixtures("meaning")
def test_an_article_without_vectors_is_found_by_its_words(articles: dict[str, Article]) -> None:
    caught_up()
    with bus.unit_of_work():
        made = faq.create(
            articles["money"].category,
            {"ru": Wording("Возврат терминала", "Заберёт курьер.")},
            by=None,
        )
        faq.publish(made)
    assert first("возврат терминала") == "Возврат терминала"


@pytest.mark.usefixtures("meaning")
def test_other_wordings_teach(articles: dict[str, Article]) -> None:
    """A word that no text has, told by the wordings of one article."""
    caught_up()
    with bus.unit_of_work(writes=False):
        asked = question("когда придёт курьер", "ru")
        assert asked is not None
        assert all(near.taught == 0 for near in asked.near(range(1, 20)).values())
    aliases = "где мой курьер\nкурьер не приехал\nкогда ждать курьера\nкурьер опаздывает"
    with bus.unit_of_work():
        for key, article in articles.items():
            said = ANSWERS[key]
            told = aliases if key == "address" else f"{said.title} ещё\nпро {said.title}"
            faq.edit(article, "ru", Wording(said.title, said.body, aliases=told), by=None)
    caught_up()
    assert first("когда придёт курьер") == ANSWERS["address"].title
    with bus.unit_of_work(writes=False):
        asked = question("когда придёт курьер", "ru")
        assert asked is not None
        near = asked.near([article.texts[0].id for article in articles.values()])
    taught = {text: each.taught for text, each in near.items()}
    assert max(taught, key=lambda text: taught[text]) == articles["address"].texts[0].id


def test_one_setting_switches_it_off(app: Flask, articles: dict[str, Article]) -> None:
    jobs.know_meanings(app)
    assert encoder.is_loaded()
    assert db.session.query(ArticleVector).count() == len(ANSWERS)
    db.session.rollback()
    with bus.unit_of_work():
        settings.put("search_by_meaning", False)
    jobs.know_meanings(app)
    assert not encoder.is_loaded()
    with bus.unit_of_work(writes=False):
        assert question("деньги", "ru") is None
    assert first("деньги") == ANSWERS["money"].title
    with pytest.raises(RuntimeError, match="not loaded"):
        encoder.encode(["деньги"])


def test_a_packed_vector_keeps_its_direction() -> None:
    dice = np.random.default_rng(7)
    vectors = dice.normal(size=(20, encoder.SIZE)).astype(np.float32)
    back = unpack(packed(pack(vectors)))
    cosines = (back * vectors).sum(axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.999
    assert not np.isnan(unpack(packed(pack(np.zeros((1, encoder.SIZE), np.float32))))).any()


def test_passages_are_whole_sentences_that_fit() -> None:
    said = "Нажмите «Войти». " * 60
    found = passages(said)
    assert all(len(each) <= LONGEST for each in found)
    assert " ".join(found) == said.strip()
    assert passages("") == passages(" \n ") == []
    assert [len(each) for each in passages("а" * 1_000)] == [LONGEST]
    assert len(passages("\n".join("б" * 200 for _ in range(100)))) == MOST
