"""Markdown of our own authors to safe HTML with anchors; raw HTML in it is shown, not obeyed."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from types import MappingProxyType
from typing import Any, NamedTuple

import nh3
from markupsafe import Markup
from mistune import HTMLRenderer, Markdown
from mistune.plugins.formatting import strikethrough
from mistune.plugins.table import table
from mistune.plugins.url import url

from core.html import SCHEMES
from core.slug import slug

TOP_LEVEL = 2  # the page's own title is the h1

_TAGS = {
    *("p", "br", "hr", "blockquote", "aside", "div", "pre", "code", "h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "del", "a"),
    "img",
}
_ATTRIBUTES = {
    "*": set[str](),
    "a": {"href", "title", "aria-label"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "div": {"role", "tabindex"},
    "th": {"scope"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
}
_CLASSES = {
    "a": {"anchor"},
    "aside": {"note", "note-tip", "note-warn"},
    "div": {"table-wrap", "table-scroll"},
    "ol": {"steps"},
    "pre": {"code"},
    "table": {"table"},
    "th": {"r"},
    "td": {"r"},
}
_NOTE = re.compile(r"\s*<p>\[!(TIP|NOTE|WARNING|IMPORTANT)\]\s*(?:<br ?/?>)?\s*", re.IGNORECASE)
_HEADING = re.compile(r'<h([2-6]) id="([^"]*)">(.*?) <a class="anchor"', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A place in a text that can be linked to."""

    level: int
    id: str
    text: str


def render(
    text: str,
    *,
    anchor_label: Callable[[str], str] = str,
    sizes: Mapping[str, tuple[int, int]] = MappingProxyType({}),
) -> Markup:
    """Safe HTML. `anchor_label` names the link of a heading for those who don't see it; `sizes` =
    width and height of pictures by address, so that the text keeps its place as they come."""
    renderer = _Renderer(anchor_label, sizes)
    markdown = Markdown(renderer, plugins=[strikethrough, table, url])
    rendered = markdown(text.replace("\0", ""))
    cleaned = nh3.clean(
        str(rendered),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned the line before


def contents(html: str) -> list[Heading]:
    """The headings of HTML that `render` made, in order."""
    return [
        Heading(int(level), name, unescape(_TAG.sub("", inner)).strip())
        for level, name, inner in _HEADING.findall(html)
    ]


class _Renderer(HTMLRenderer):
    """HTML in the portal's own classes."""

    def __init__(
        self, anchor_label: Callable[[str], str], sizes: Mapping[str, tuple[int, int]]
    ) -> None:
        super().__init__(escape=True)
        self._anchor_label, self._sizes = anchor_label, sizes
        self._ids: dict[str, int] = {}

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        level = max(level, TOP_LEVEL)
        plain = unescape(_TAG.sub("", text)).strip()
        name = self._id(plain)
        label = escape(self._anchor_label(plain))
        anchor = f'<a class="anchor" href="#{name}" aria-label="{label}">#</a>'
        return f'<h{level} id="{name}">{text} {anchor}</h{level}>\n'

    def list(self, text: str, ordered: bool, **attrs: Any) -> str:
        if not ordered:
            return f"<ul>\n{text}</ul>\n"
        start = attrs.get("start")
        number = f' start="{int(start)}"' if start is not None and start != 1 else ""
        return f'<ol class="steps"{number}>\n{text}</ol>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre class="code" tabindex="0"><code>{escape(code)}</code></pre>\n'

    def block_quote(self, text: str) -> str:
        note = _NOTE.match(text)
        if not note:
            return super().block_quote(text)
        kind = "tip" if note[1].upper() in ("TIP", "NOTE") else "warn"
        inner = f"<p>{text[note.end() :]}"
        return f'<aside class="note note-{kind}"><div>{inner}</div></aside>\n'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        width, height = self._sizes.get(url, (0, 0))
        size = f' width="{width}" height="{height}"' if width else ""
        return super().image(text, url, title).replace("<img ", f'<img loading="lazy"{size} ', 1)

    def table(self, text: str) -> str:
        wrapped = f'<table class="table">\n{text}</table>'
        return f'<div class="table-wrap table-scroll" role="region" tabindex="0">{wrapped}</div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        right = ' class="r"' if align == "right" else ""
        return f"<{tag}{scope}{right}>{text}</{tag}>\n"

    def _id(self, plain: str) -> str:
        """Its own name space: a heading must not take the id of a part of the page."""
        name = f"s-{slug(plain, longest=60)}".rstrip("-")
        self._ids[name] = self._ids.get(name, 0) + 1
        return name if self._ids[name] == 1 else f"{name}-{self._ids[name]}"
