"""What the templates of the workspace say in one word: texts, sizes, times, how a form is sent."""

from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from jinja2.utils import urlize
from markupsafe import Markup

from blueprints.agent.blueprint import blueprint
from core import clock
from core.i18n import _, format_number, locale, ngettext
from desk.conversation import Happening

KILOBYTE = 1024
NAMED = 3  # events that the fold of a conversation names


@blueprint.context_processor
def marks() -> dict[str, Any]:
    return {
        "sends": sends,
        "paragraphs": paragraphs,
        "folded": folded,
        "local_time": local_time,
        "file_size": file_size,
    }


def sends(url: str) -> Markup:
    """A form that changes the ticket: the pane comes back, what is being typed stays."""
    attributes = 'hx-post="{}" hx-target="#ticket" hx-swap="morph:outerHTML" hx-include="#side-tab"'
    return Markup(attributes).format(url)  # noqa: S704 - the address is escaped by format


def paragraphs(text: str) -> Markup:
    """Plain text as HTML: paragraphs at empty lines, breaks, links."""
    parts = [part.strip("\n").split("\n") for part in text.split("\n\n")]
    linked = ([_with_links(line) for line in lines] for lines in parts)
    return Markup("").join(Markup("<p>{}</p>").format(Markup("<br>").join(p)) for p in linked)


def _with_links(line: str) -> Markup:
    return Markup(urlize(line, rel="noopener noreferrer nofollow", target="_blank"))  # noqa: S704 - urlize escapes


def folded(happenings: list[Happening]) -> str:
    """The summary of a run of events: how many, and what the first of them were."""
    said = list(dict.fromkeys(each.event.sentence() for each in happenings))
    more = "…" if len(said) > NAMED else ""
    count = ngettext("%(num)s event", "%(num)s events", len(happenings))
    return f"{count}: {'; '.join(said[:NAMED])}{more}"


def local_time(zone: str) -> str:
    place = get_timezone_location(ZoneInfo(zone), locale=locale(), return_city=True)
    return f"{clock.now().astimezone(ZoneInfo(zone)):%H:%M}, {place}"


def file_size(size: int) -> str:
    if size < KILOBYTE:
        return _("%(n)s B", n=size)
    if size < KILOBYTE**2:
        return _("%(n)s KB", n=format_number(round(size / KILOBYTE)))
    return _("%(n)s MB", n=format_number(round(size / KILOBYTE**2, 1)))
