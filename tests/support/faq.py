"""Answers for tests of the help pages."""

from core import bus
from core.db import db
from desk import faq
from desk.faq import Wording
from models import ArticleCategory, ArticleState

BODY = """Пока заказ на складе, адрес доставки меняете вы сами.

## Пока заказ на складе
1. Откройте заказ в кабинете.
2. Нажмите кнопку.

## Когда курьер уже в пути
Напишите нам.

## Сроки и цена
До 15 минут."""

BECOME = {
    ArticleState.PUBLISHED: faq.publish,
    ArticleState.INTERNAL: faq.make_internal,
    ArticleState.DRAFT: faq.unpublish,
}


def shelf(slug: str = "delivery", ru: str = "Доставка", en: str = "Delivery") -> ArticleCategory:
    """The section of this name, made when there is none."""
    found = db.session.query(ArticleCategory).filter_by(slug=slug).one_or_none()
    if found is None:
        found = ArticleCategory(slug=slug, name_ru=ru, name_en=en, icon="truck")
        db.session.add(found)
    return found


def answer(
    ru: str,
    en: str = "",
    *,
    body: str = BODY,
    section: str = "delivery",
    state: ArticleState = ArticleState.PUBLISHED,
    slug: str = "otvet",
) -> int:
    """The number of a new answer, indexed; in English too when `en` is given."""
    texts = {code: Wording(title, body) for code, title in (("ru", ru), ("en", en)) if title}
    with bus.unit_of_work():
        article = faq.create(shelf(section), texts, by=None)
        for text in article.texts:
            text.slug = slug if text.locale == "ru" else f"{slug}-en"
        BECOME[state](article)
        return article.id
