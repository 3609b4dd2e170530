"""Articles beside a ticket: what fits it, what its client had read; and # in what is written."""

from typing import Any

from flask import Response, jsonify, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.workspace import number
from blueprints.faq.addresses import path_of
from core import html
from core.db import db
from core.i18n import LOCALES
from core.web import absolute, page
from desk import access, linked, readers, search
from desk.readers import Reader
from desk.search import Hit
from models import Article, Case, Message

MOST = 6
SURE = 0.15  # see desk.search.confidence
WORDS = 3_000  # letters of what was said that are read


@blueprint.get("/t/<int:number>/articles")
def articles_beside(number: int) -> Response:
    case = access.case_for(me(), number)
    return page(
        "agent/articles.html",
        "articles",
        case=case,
        hits=_fitting(case, readers.STAFF),
        linked=linked.of_case(case),
        link_of=link_of,
    )


@blueprint.get("/articles")
def articles_named() -> Response:
    """For # in a text: those that have these words, without words those that fit the ticket.

    For a reply only what the client who reads it may read.
    """
    case = access.case_for(me(), number("case") or 0)
    is_note = request.args.get("kind") == "note"
    reader = readers.STAFF if is_note else readers.of(case.requester)
    query = request.args.get("q", "").strip()[:200]
    if query:
        found = search.search_articles(query, case.locale, limit=MOST, who=reader)
        hits = found.hits
    else:
        hits = _fitting(case, reader)
    texts = _texts(hits)
    return jsonify([_plain(hit, texts.get((hit.article_id, hit.locale), "")) for hit in hits])


def link_of(hit: Hit) -> str:
    """A title and where it leads, as it stands in a letter."""
    return f"{hit.title}: {absolute(path_of(hit.article_id, hit.slug, hit.locale))}"


def _plain(hit: Hit, text: str) -> dict[str, Any]:
    return {"name": hit.title, "title": hit.category, "insert": link_of(hit), "text": text}


def _fitting(case: Case, reader: Reader) -> list[Hit]:
    """By its subject and what the client wrote first. An agent sees at once whether one fits."""
    first = access.public_messages(case).where(Message.inbound).order_by(None).order_by(Message.id)
    message = db.session.scalars(first.limit(1)).one_or_none()
    words = f"{case.subject}\n{message.text if message else ''}"[:WORDS]
    locale = case.locale if case.locale in LOCALES else me().locale
    return search.suggest(words, locale, who=reader, sure=SURE)


def _texts(hits: list[Hit]) -> dict[tuple[int, str], str]:
    numbers = [hit.article_id for hit in hits]
    rows = db.session.query(Article).filter(Article.id.in_(numbers))
    return {
        (row.id, text.locale): html.plain(text.html).replace(" #\n", "\n")
        for row in rows
        for text in row.texts
    }
