"""Search over articles and cases: one analysis and one ranking over the engine's own full text."""

from desk.search import follow
from desk.search.anew import reindex_cases
from desk.search.articles import related, search_articles, suggest
from desk.search.cases import forget_case, index_cases, search_cases
from desk.search.index import index_article, index_if_never_done, reindex_all, remove_article
from desk.search.result import Hit, SearchResult

__all__ = [
    "Hit",
    "SearchResult",
    "follow",
    "forget_case",
    "index_article",
    "index_cases",
    "index_if_never_done",
    "reindex_all",
    "reindex_cases",
    "related",
    "remove_article",
    "search_articles",
    "search_cases",
    "suggest",
]
