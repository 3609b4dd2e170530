"""An answer: the page, its old addresses, and a cheap "not changed" for those who have it."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, request, session
from flask_login import current_user
from markupsafe import Markup

from blueprints.faq import visitors
from blueprints.faq.addresses import article_url
from blueprints.faq.audience import reader
from blueprints.faq.blueprint import LANG, blueprint
from blueprints.faq.contents import contents, minutes_to_read
from blueprints.visitor import theme
from core import bus, clock
from core.assets import static_url
from core.i18n import LOCALES, N_, _
from core.web import page
from desk import feedback, promises, readers, revision, search, shelves
from desk.errors import NotFound
from models import Article, ArticleText, ArticleVote

READ_REMEMBERED = 40
REASONS = (
    ("not_found", N_("I did not find what I need")),
    ("outdated", N_("It is out of date")),
    ("unclear", N_("It is unclear")),
    ("broken", N_("A link or a step does not work")),
    ("other", N_("Something else")),
)


@blueprint.get(f"{LANG}/a/<int:number>", endpoint="short_article")
@blueprint.get(f"{LANG}/a/<int:number>-<slug>")
def article(lang: str, number: int, slug: str = "") -> Response:
    is_staff = current_user.is_authenticated and current_user.is_staff
    found = shelves.article(number, readers.STAFF if is_staff else reader())
    text = found.text_for(lang)
    if text is None:
        raise NotFound(_("There is no such answer."))
    if slug != text.slug:
        return redirect(article_url(found, text, lang=lang), 301)  # type: ignore[return-value]
    _note_search(found, lang)
    vote = feedback.vote_of(found, visitors.known())
    unchanged = _unchanged(found, text, vote)
    if unchanged is not None:
        return unchanged
    if found.is_published:
        _count(found)
    return _marked(shown(found, text, vote=vote), found, text, vote)


def shown(
    found: Article, text: ArticleText, *, vote: ArticleVote | None, status: int = 200, **more: Any
) -> Response:
    """The page, or for htmx its part with the vote."""
    lang = request.view_args["lang"]  # type: ignore[index]
    other = next(code for code in LOCALES if code != lang)
    return page(
        "faq/article.html",
        "vote_box",
        status=status,
        article=found,
        path=shelves.path_to(found.category),
        text=text,
        body=Markup(text.html),  # noqa: S704 - core.markdown cleaned it when it was saved
        headings=contents(text.html),
        minutes=minutes_to_read(text.html),
        related=search.related(found, text.locale, who=reader()),
        other_url=article_url(found, found.text_for(other), lang=other),
        vote=vote,
        is_translated=text.locale == lang,
        vote_reasons=REASONS,
        chosen_reason=request.form.get("reason") or (vote.reason if vote else ""),
        chosen_comment=request.form.get("comment") or (vote.comment if vote else ""),
        **more,
    )


def _count(found: Article) -> None:
    """Count a reader once a session, after the answer is made, in a unit of its own."""
    read = session.get("read", [])
    if found.id not in read:
        session["read"] = [*read, found.id][-READ_REMEMBERED:]
        bus.after_commit(lambda: visitors.quietly(lambda: feedback.count_view(found.id)))


def _note_search(found: Article, lang: str) -> None:
    """Whoever comes from the results of a search has found something to open."""
    who = visitors.known()
    if who and urlsplit(request.referrer or "").path == f"/{lang}/search":
        number = found.id
        bus.after_commit(
            lambda: visitors.quietly(lambda: feedback.clicked(number, visitor=who, locale=lang))
        )


def _unchanged(found: Article, text: ArticleText, vote: ArticleVote | None) -> Response | None:
    """304 when the reader has the page as it would be now."""
    if not request.if_none_match:
        return None
    blank = _marked(make_response(""), found, text, vote)
    answer = blank.make_conditional(request)
    return answer if answer.status_code == 304 else None


def _marked(
    response: Response, found: Article, text: ArticleText, vote: ArticleVote | None
) -> Response:
    response.set_etag(_fingerprint(found, text, vote), weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "HX-Request"))
    return response


def _fingerprint(found: Article, text: ArticleText, vote: ArticleVote | None) -> str:
    """Of all that the page is made of, so that it need not be made to be compared."""
    parts = (
        request.path,
        (found.updated_at, found.state, found.helped, text.version),
        vote and (vote.value, vote.at),
        [revision.number(name) for name in ("search", "catalog", "settings")],
        [static_url(name) for name in ("css/portal.css", "js/portal.js", "icons.svg")],
        (theme(), current_user.get_id() if current_user.is_authenticated else None),
        (session.get("csrf_token"), promises.is_open_now(), clock.now().year),
        (session.get("_flashes"), reader()),
    )
    return sha256(repr(parts).encode()).hexdigest()[:32]
