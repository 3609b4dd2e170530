"""What the templates of the workspace say in one word: texts, sizes, times, how a form is sent."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from jinja2.utils import urlize
from markupsafe import Markup, escape

from blueprints.agent.blueprint import blueprint
from core import clock
from core.i18n import _, format_number, locale, ngettext
from desk.conversation import Happening

KILOBYTE = 1024
NAMED = 3  # events that the fold of a conversation names
_MAY_LINK = re.compile(r"://|www\.|@|mailto:|\.(?:com|net|int|edu|gov|org|info|mil)", re.IGNORECASE)


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
    return Markup(  # noqa: S704 - the address is escaped
        f'hx-post="{escape(url)}" hx-target="#ticket" hx-swap="morph:outerHTML"'
        ' hx-include="#side-tab, #seen"'
    )


def paragraphs(text: str) -> Markup:
    """Plain text as HTML: paragraphs at empty lines, breaks, links."""
    parts = [part.strip("\n").split("\n") for part in text.split("\n\n")]
    linked = ("<br>".join(map(_with_links, lines)) for lines in parts)
    return Markup("".join(f"<p>{lines}</p>" for lines in linked))  # noqa: S704 - each line is escaped


def _with_links(line: str) -> str:
    """Escaped; urlize looks at each word, so it is asked only where there may be a link."""
    if not _MAY_LINK.search(line):
        return escape(line)
    return urlize(line, rel="noopener noreferrer nofollow", target="_blank")


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
