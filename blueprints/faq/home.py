"""The help home and its sections; the front door that chooses a language."""

from typing import Any

from flask import Response, current_app, redirect, request, url_for

from blueprints.faq.audience import reader
from blueprints.faq.blueprint import LANG, blueprint
from core.i18n import LOCALES, _, locale
from core.web import absolute, page
from desk import promises, settings, shelves
from desk.catalog import catalog
from desk.errors import NotFound
from models import ArticleCategory

YEAR = 365 * 24 * 3600


@blueprint.get("/")
def front_door() -> Response:
    response = redirect(url_for("faq.home", lang=locale()))
    response.vary.update(("Accept-Language", "Cookie"))
    return response  # type: ignore[return-value]


@blueprint.get(f"{LANG}/")
def home(lang: str) -> Response:
    return page("faq/home.html", **shown_without_query())


@blueprint.get(f"{LANG}/c/<slug>")
def section(lang: str, slug: str) -> Response:
    try:
        category, articles, inside = shelves.shelf(slug, reader())
    except NotFound:
        old = shelves.moved(f"/c/{slug}")
        if old is None or old.category is None or old.category.slug == slug:
            raise
        address = url_for("faq.section", slug=old.category.slug)
        return redirect(address, 301)  # type: ignore[return-value]
    *above, _own = shelves.path_to(category)
    return page(
        "faq/section.html", category=category, articles=articles, inside=inside, above=above
    )


def section_crumb(category: ArticleCategory) -> tuple[str, str]:
    """For the way above a page: address and name."""
    return url_for("faq.section", slug=category.slug), category.name


def words_of_direction(number: int) -> str:
    """Its name; empty where there is only one, which clients need not tell apart."""
    known = catalog().directions
    return known[number].name if number in known and len(known) > 1 else ""


@blueprint.get("/robots.txt")
def robots() -> Response:
    closed = ("/agent", "/admin", "/me/", "/r/", "/signin", "/*/search", "/*/contact/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {absolute('/sitemap.xml')}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    response = page(
        "faq/sitemap.xml",
        categories=shelves.every_category(),
        articles=shelves.all_public(),
        languages=LOCALES,
        absolute=absolute,
    )
    response.mimetype = "application/xml"
    return response


@blueprint.after_request
def remember_language(response: Response) -> Response:
    """The pages without a language in their address follow the one last read in."""
    lang = (request.view_args or {}).get("lang")
    if lang and request.cookies.get("lang") != lang and response.status_code == 200:
        config = current_app.config["LINIYA"]
        response.set_cookie(
            "lang", lang, max_age=YEAR, samesite="Lax", httponly=True, secure=config.secure_cookies
        )
    return response


def shown_without_query() -> dict[str, Any]:
    """What stands where the results would: sections and popular answers."""
    return {
        "categories": shelves.categories(who=reader()),
        "popular": shelves.popular(who=reader()),
        "found": None,
    }


def in_this_language(endpoint: str, values: dict[str, Any]) -> None:
    """url_for("faq.home") leads to the language of the page it stands on."""
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = locale()


def about_support() -> dict[str, Any]:
    """What the foot of every public page says of us."""
    is_open = promises.is_open_now()
    return {
        "is_open": is_open,
        "now": _("We are here now.") if is_open else _("We are away now."),
        "hours": promises.office_hours(),
        "email": settings.get("support_email"),
        "phone": settings.get("support_phone"),
    }
