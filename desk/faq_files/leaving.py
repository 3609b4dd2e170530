"""All articles as Markdown files, a folder for each section."""

import io
import zipfile
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from desk.faq import wording_of
from desk.faq_files.piece import Piece, written
from models import Article, OldAddress


def files() -> Iterator[tuple[str, str]]:
    """Their paths and texts. In a unit of work."""
    query = select(Article).options(selectinload(Article.texts), joinedload(Article.category))
    old: dict[int | None, list[str]] = {}
    for address in db.session.scalars(select(OldAddress).where(OldAddress.article_id.is_not(None))):
        old.setdefault(address.article_id, []).append(address.path)
    for article in db.session.scalars(query.order_by(Article.id)):
        for text in article.texts:
            name = f"{article.id}-{article.texts[0].slug or 'article'}"
            piece = Piece(
                key=name,
                locale=text.locale,
                title=text.title,
                body=text.body,
                section=article.category.slug,
                summary=wording_of(text).summary,
                aliases=tuple(text.aliases.splitlines()),
                state=article.state,
                old=tuple(sorted(old.get(article.id, []))),
            )
            yield f"{article.category.slug}/{name}.{text.locale}.md", written(piece)


def zipped() -> bytes:
    """The same in one file. In a unit of work."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files():
            archive.writestr(path, text)
    return packed.getvalue()
