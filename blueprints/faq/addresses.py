"""Where an answer lives: /ru/a/12-kak-izmenit-adres."""

from urllib.parse import quote

from core.i18n import locale
from models import Article, ArticleText


def article_url(article: Article, text: ArticleText | None = None, *, lang: str = "") -> str:
    """In the reader's language; with the slug of the text that is shown there."""
    lang = lang or (text.locale if text else locale())
    shown = text or article.text_for(lang)
    return path_of(article.id, shown.slug if shown else "", lang)


def path_of(number: int, slug: str, lang: str) -> str:
    """As url_for would write it, which a page of answers asks for again and again."""
    return f"/{lang}/a/{number}-{quote(slug)}" if slug else f"/{lang}/a/{number}"
