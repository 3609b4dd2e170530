"""Search: the page, and as one types its part with the results."""

from typing import Any

from flask import Response, request

from blueprints.faq import visitors
from blueprints.faq.addresses import path_of
from blueprints.faq.audience import reader
from blueprints.faq.blueprint import LANG, blueprint
from blueprints.faq.home import shown_without_query
from blueprints.forms import one_line
from core import bus
from core.i18n import locale
from core.web import is_fragment_request, page
from desk import feedback, promises, shelves
from desk.search import Hit, SearchResult, search_articles

LONGEST_QUERY = 200
FIRST, MOST = 8, 40


@blueprint.get(f"{LANG}/search")
def search(lang: str) -> Response:
    query = one_line(request.args.get("q"))[:LONGEST_QUERY]
    found = _look(query) if query else None
    response = page(
        "faq/search.html",
        "results",
        "search_status",
        query=query,
        is_fragment=is_fragment_request(),
        **(_answered(found) if found else shown_without_query()),
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _look(query: str) -> SearchResult:
    limit = MOST if request.args.get("all") else FIRST
    exact = bool(request.args.get("exact"))
    found = search_articles(query, locale(), limit=limit, exact=exact, who=reader())
    if found.count or not found.says_little:  # "the" is no gap in what we know
        _note(found)
    return found


def _note(found: SearchResult) -> None:
    query, who, lang, count = found.original, visitors.visitor(), locale(), found.count
    bus.after_commit(
        lambda: visitors.quietly(
            lambda: feedback.record_search(query, locale=lang, hits=count, visitor=who)
        )
    )


def _answered(found: SearchResult) -> dict[str, Any]:
    return {
        "found": found,
        "updated": {hit.article_id: hit.updated_at for hit in found.hits},
        "popular": shelves.popular(who=reader()) if not found.hits else [],
        "categories": [],
        "promise": promises.answer_by() if not found.hits else None,
    }


def hit_url(hit: Hit) -> str:
    """An answer found in the other language is shown on its own page there."""
    return path_of(hit.article_id, hit.slug, hit.locale)
