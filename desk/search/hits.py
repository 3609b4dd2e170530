"""From ranked numbers to what a page shows; nothing that its reader may not read gets through."""

from collections.abc import Sequence

from sqlalchemy import Row, bindparam, func, select

from core.db import plain_rows
from desk.readers import Reader, audiences
from desk.search.analysis import LITTLE
from desk.search.ranking import Ranked
from desk.search.reading import Reading
from desk.search.result import Hit
from desk.search.snippet import LOOKED_AT, marked, snippet
from models import Article, ArticleCategory, ArticleText
from models.named import named_in
from models.search import ArticleIndex

_SHOWN = (
    select(
        ArticleText.id,
        ArticleText.article_id,
        ArticleText.slug,
        ArticleText.title,
        ArticleText.summary,
        Article.updated_at,
        ArticleCategory.slug.label("category_slug"),
        ArticleCategory.name_ru,
        ArticleCategory.name_en,
        func.substr(ArticleIndex.plain, 1, LOOKED_AT).label("plain"),
    )
    .join(ArticleIndex, ArticleIndex.text_id == ArticleText.id)
    .join(Article, Article.id == ArticleText.article_id)
    .join(ArticleCategory, ArticleCategory.id == Article.category_id)
    .where(
        ArticleText.id.in_(bindparam("texts", expanding=True)),
        ArticleIndex.audience.in_(bindparam("audiences", expanding=True)),
    )
)


def hits_of(ranked: Sequence[Ranked], reading: Reading, locale: str, who: Reader) -> list[Hit]:
    """In the order of `ranked`, with the found words marked."""
    if not ranked:
        return []
    values = {"texts": [each.text_id for each in ranked], "audiences": list(audiences(who))}
    rows = {row.id: row for row in plain_rows(_SHOWN, values)}
    stems = {stem for part in reading.parts for stem, _weight in part.stems}
    stems = stems - LITTLE or stems
    return [
        _hit(rows[each.text_id], each.score, stems, locale)
        for each in ranked
        if each.text_id in rows
    ]


def _hit(row: Row[*tuple[object, ...]], score: float, stems: set[str], locale: str) -> Hit:
    return Hit(
        article_id=row.article_id,
        locale=locale,
        slug=row.slug,
        title=row.title,
        marked=marked(row.title, stems),
        snippet=snippet(row.plain, stems, otherwise=row.summary),
        category=named_in(locale, row.name_ru, row.name_en),
        category_slug=row.category_slug,
        score=score,
        updated_at=row.updated_at,
    )
