"""Links in an article that lead nowhere: to articles, sections and headings of our own."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sqlalchemy import select

from core.db import db
from core.i18n import _
from core.markdown import contents
from desk import pictures
from models import Article, ArticleCategory, ArticleState

_HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
_PICTURE = re.compile(r'<img [^>]*?src="([^"]*)"')
_ARTICLE = re.compile(r"/(?:ru|en)/a/(\d{1,9})(?:-[^/]*)?/?")
_SECTION = re.compile(r"/(?:ru|en)/c/([^/]+)/?")
MOST = 20


def dead_links(html: str, *, site: str = "") -> list[str]:
    """What is wrong with each, in words; `html` as core.markdown made it, `site` = our address.

    Links to other places are not followed; pictures from there are not shown to readers.
    """
    shown = dict.fromkeys(_PICTURE.findall(html))
    ours = pictures.sizes(shown)
    headings = {one.id for one in contents(html)}
    found = [
        _("%(link)s: this picture is not shown. Put it in as a file.", link=each)
        for each in shown
        if each not in ours
    ]
    for href in dict.fromkeys(_HREF.findall(html)):
        own = href.removeprefix(site) if site else href
        found += _wrong(own, headings)
    return found[:MOST]


def _wrong(href: str, headings: set[str]) -> Iterator[str]:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return
    if href.startswith("#"):
        if unquote(href[1:]) not in headings:
            yield _("%(link)s: there is no such heading here.", link=href)
    elif match := _ARTICLE.fullmatch(parts.path):
        article = db.session.get(Article, int(match[1])) if int(match[1]) < 2**31 else None
        if article is None:
            yield _("%(link)s: there is no such article.", link=href)
        elif article.state != ArticleState.PUBLISHED:
            yield _("%(link)s: clients can't read that article.", link=href)
    elif match := _SECTION.fullmatch(parts.path):
        query = select(ArticleCategory.id).where(ArticleCategory.slug == unquote(match[1]))
        if db.session.scalar(query) is None:
            yield _("%(link)s: there is no such section.", link=href)
    elif not parts.path.startswith("/"):
        yield _("%(link)s: an address begins with https:// or with /.", link=href)
