"""Addresses of before, also those of another system, lead on to where their answers are now."""

from flask import Flask, Response, redirect, request

from blueprints.faq.addresses import article_url
from core import bus
from core.i18n import LOCALES, locale
from desk import shelves


def set_up(app: Flask) -> None:
    app.after_request(lead_on)


def lead_on(response: Response) -> Response:
    """Asked only where there is nothing else to show."""
    if response.status_code != 404 or request.method not in ("GET", "HEAD"):
        return response
    code, path = _without_language(request.path)
    with bus.unit_of_work(writes=False):
        old = shelves.moved(path) or shelves.moved(request.path)
        article = old.article if old else None
        if article is None or not article.is_published:
            return response
        address = article_url(article, article.text_for(code), lang=code)
    return redirect(address, 301)  # type: ignore[return-value]


def _without_language(path: str) -> tuple[str, str]:
    first, _slash, rest = path.lstrip("/").partition("/")
    return (first, f"/{rest}") if first in LOCALES else (locale(), path)
