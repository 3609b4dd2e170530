"""The verbs on articles: versions, states, what a reader gets."""

import pytest
from flask import Flask

from core import bus, clock
from core.clock import Frozen
from core.db import db
from desk import faq
from desk.errors import Invalid
from desk.faq import Wording
from desk.readers import EVERYBODY, STAFF, Reader
from desk.search import search_articles
from models import Article, ArticleCategory, ArticleState, ArticleVersion, Staff

ADDRESS = Wording(
    title="Как изменить адрес доставки",
    body="## Пока заказ на складе\n\nОткройте заказ и нажмите **Изменить адрес**.",
    aliases="поменять адрес\n\n  другой   адрес ",
)
ADDRESS_EN = Wording(title="How to change the delivery address", body="Open the order.")


@pytest.fixture
def shelf(app: Flask) -> ArticleCategory:
    with bus.unit_of_work():
        category = ArticleCategory(slug="delivery", name_ru="Доставка", name_en="Delivery")
        db.session.add(category)
    return category


def written(shelf: ArticleCategory, by: Staff | None = None) -> Article:
    with bus.unit_of_work():
        return faq.create(shelf, {"ru": ADDRESS, "en": ADDRESS_EN}, by=by)


def titles(query: str, locale: str = "ru", who: Reader = EVERYBODY) -> list[str]:
    with bus.unit_of_work(writes=False):
        return [hit.title for hit in search_articles(query, locale, who=who).hits]


def test_an_article_begins_as_a_draft_that_nobody_finds(shelf: ArticleCategory) -> None:
    article = written(shelf)
    assert article.state == ArticleState.DRAFT
    assert article.published_at is None
    assert titles("адрес") == titles("адрес", who=STAFF) == []


def test_a_text_is_rendered_named_and_summed_up(shelf: ArticleCategory) -> None:
    text = written(shelf).text_in("ru")
    assert text is not None
    assert text.slug == "kak-izmenit-adres-dostavki"
    assert '<h2 id="s-poka-zakaz-na-sklade">' in text.html
    assert "Ссылка на раздел «Пока заказ на складе»" in text.html
    assert text.alias_list == ["поменять адрес", "другой адрес"]
    assert text.summary.startswith("Пока заказ на складе Откройте заказ")


def test_publishing_shows_it_to_all_and_keeps_the_first_date(
    shelf: ArticleCategory, clock: Frozen
) -> None:
    article = written(shelf)
    with bus.unit_of_work():
        faq.publish(article)
    first = article.published_at
    assert titles("изменить адрес") == [ADDRESS.title]
    assert titles("change address", "en") == [ADDRESS_EN.title]
    clock.advance(hours=1)
    with bus.unit_of_work():
        faq.unpublish(article)
    assert titles("изменить адрес") == []
    with bus.unit_of_work():
        faq.publish(article)
    assert article.published_at == first


def test_an_internal_article_is_for_the_staff(shelf: ArticleCategory) -> None:
    article = written(shelf)
    with bus.unit_of_work():
        faq.publish(article)
        faq.make_internal(article)
    assert titles("изменить адрес") == []
    assert titles("изменить адрес", who=STAFF) == [ADDRESS.title]


def test_each_edit_is_a_version_with_its_author(
    shelf: ArticleCategory, clock: Frozen, vera: Staff, masha: Staff
) -> None:
    article = written(shelf, by=vera)
    clock.advance(days=1)
    with bus.unit_of_work():
        changed = Wording(title="Как сменить адрес", body=ADDRESS.body)
        text = faq.edit(article, "ru", changed, by=masha, note="Короче")
    assert text.version == 2
    assert [version.number for version in text.versions] == [1, 2]
    assert [version.author_id for version in text.versions] == [vera.id, masha.id]
    assert [version.title for version in text.versions] == [ADDRESS.title, "Как сменить адрес"]
    assert text.versions[1].note == "Короче"
    assert text.versions[1].at == text.updated_at == article.updated_at
    assert text.slug == "kak-smenit-adres"


def test_the_same_text_again_is_no_version(shelf: ArticleCategory, clock: Frozen) -> None:
    article = written(shelf)
    before = article.updated_at
    clock.advance(days=1)
    with bus.unit_of_work():
        faq.edit(article, "ru", ADDRESS, by=None)
    assert article.updated_at == before
    assert db.session.query(ArticleVersion).count() == 2


def test_an_edit_is_found_at_once_and_the_old_words_are_not(shelf: ArticleCategory) -> None:
    article = written(shelf)
    with bus.unit_of_work():
        faq.publish(article)
        faq.edit(article, "ru", Wording(title="Пункты выдачи", body="Список."), by=None)
    assert titles("пункт выдачи") == ["Пункты выдачи"]
    assert titles("адрес доставки") == ["Пункты выдачи"]  # by its section, Delivery
    assert titles("изменить") == []


def test_moving_makes_it_found_by_the_new_section(shelf: ArticleCategory) -> None:
    article = written(shelf)
    with bus.unit_of_work():
        other = ArticleCategory(slug="money", name_ru="Оплата", name_en="Payment")
        db.session.add(other)
        faq.publish(article)
        faq.move(article, other)
    assert titles("оплата") == [ADDRESS.title]


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("", "Ответ"), "title"),
        (Wording(" \0 ", "Ответ"), "title"),
        (Wording("Вопрос", "  "), "body"),
        (Wording("х" * 251, "Ответ"), "title"),
        (Wording("Вопрос", "х" * 200_001), "body"),
        (Wording("Вопрос", "Ответ", summary="х" * 401), "summary"),
        (Wording("Вопрос", "Ответ", aliases="х" * 20_001), "aliases"),
    ],
)
def test_what_can_not_be_taken_names_its_field(
    shelf: ArticleCategory, wording: Wording, field: str
) -> None:
    with pytest.raises(Invalid) as caught, bus.unit_of_work():
        faq.create(shelf, {"ru": wording}, by=None)
    assert caught.value.field == field
    assert db.session.query(Article).count() == 0


def test_an_article_needs_a_text_and_a_language_that_we_speak(shelf: ArticleCategory) -> None:
    with pytest.raises(Invalid), bus.unit_of_work():
        faq.create(shelf, {}, by=None)
    with pytest.raises(Invalid), bus.unit_of_work():
        faq.create(shelf, {"fr": ADDRESS}, by=None)


def test_control_characters_do_not_reach_the_database(shelf: ArticleCategory) -> None:
    with bus.unit_of_work():
        article = faq.create(shelf, {"ru": Wording("Во\0прос", "От\0вет\r\nдва")}, by=None)
    text = article.text_in("ru")
    assert text is not None
    assert (text.title, text.body) == ("Вопрос", "Ответ\nдва")


def test_times_are_those_of_the_clock(shelf: ArticleCategory) -> None:
    article = written(shelf)
    assert article.created_at == article.updated_at == clock.now()
