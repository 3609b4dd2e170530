"""Where an answer lives: /ru/a/12-kak-izmenit-adres."""

from flask import url_for

from core.i18n import locale
from models import Article, ArticleText


def article_url(article: Article, text: ArticleText | None = None, *, lang: str = "") -> str:
    """In the reader's language; with the slug of the text that is shown there."""
    lang = lang or (text.locale if text else locale())
    shown = text or article.text_for(lang)
    return path_of(article.id, shown.slug if shown else "", lang)


def path_of(number: int, slug: str, lang: str) -> str:
    if not slug:
        return url_for("faq.short_article", lang=lang, number=number)
    return url_for("faq.article", lang=lang, number=number, slug=slug)
