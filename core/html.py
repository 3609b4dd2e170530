"""Foreign HTML (mails, pasted text) made harmless, and HTML read as plain text."""

import re
from collections.abc import Callable
from html import unescape

import nh3
from markupsafe import Markup, escape

SCHEMES = {"http", "https", "mailto", "tel"}
# What is cut with its content; other tags that are not allowed go, their text stays.
CUT = {
    *("script", "style", "title", "head", "template", "noscript", "iframe", "object", "embed"),
    *("svg", "math", "select", "textarea", "xmp", "noembed", "noframes", "plaintext"),
}
TAGS = {
    *("p", "br", "hr", "div", "span", "blockquote", "pre", "code", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot"),
    *("tr", "th", "td", "b", "strong", "i", "em", "u", "s", "del", "ins", "small", "sub", "sup"),
    *("mark", "kbd", "a", "img"),
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
MOST_TAGS = 10_000  # the parser's time grows with the square of these: at most 0.3 s
MOST_ENTITIES = 30_000
_OPENING = re.compile(r"<[a-zA-Z]")
# Unclosed, these are repeated in every later paragraph, as often as their attributes differ.
_REPEATED = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b[^>]*>", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_BREAK = re.compile(
    r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/t[dh]|/caption|/blockquote|/pre|/dt|/dd|/figcaption)\b[^>]*>"
)
_HIDDEN = re.compile(r'<a class="anchor"[^>]*>#</a>')  # core.markdown's
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n ][^\S\n]*|  [^\S\n]*")  # a single space is left as it is
_LINES = re.compile(r"\n[ \n]+")


def clean(html: str, *, picture: Callable[[str], str | None] | None = None) -> Markup:
    """Nothing in the result runs, submits, styles, names or loads anything by itself.

    No id, class, name, style, data or hx attribute is left. Pictures from elsewhere lose their
    address; `picture` gives one of ours for a content id ("cid:..."), or None.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "src":
            is_ours = picture is not None and value.lower().startswith("cid:")
            return picture(value[4:]) if picture and is_ours else None
        return value if name != "href" or _LINK.match(value) else None

    if len(_OPENING.findall(html)) > MOST_TAGS or html.count("&") > MOST_ENTITIES:
        return escape(plain(html))
    cleaned = nh3.clean(
        _without_repeats(html),
        tags=TAGS,
        clean_content_tags=CUT,
        attributes=ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=SCHEMES | {"cid"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned the line before


def plain(html: str) -> str:
    """The text of HTML, a line for each block. It may hold anything: show it escaped."""
    html = str(html)  # of Markup, adding to it would escape
    end = html.rfind(">") + 1  # a tag without an end is none, and slow to look for
    text = _BREAK.sub("\n", _HIDDEN.sub("", _unwrapped(html[:end])))
    text = unescape(_TAG.sub("", text) + html[end:]).replace("\0", "")
    return _LINES.sub("\n", _SPACES.sub(" ", text).replace(" \n", "\n")).strip()


def _unwrapped(html: str) -> str:
    """Ends of lines are spaces, as a browser reads them; not in what is preformatted."""
    *closed, rest = html.split("</pre")
    parts = (before.partition("<pre") for before in closed)
    kept = (f"{before.replace(chr(10), ' ')}{tag}{inside}" for before, tag, inside in parts)
    return "</pre".join([*kept, rest.replace("\n", " ")])


def _without_repeats(html: str) -> str:
    end = html.rfind(">") + 1
    return _REPEATED.sub(r"<\1>", html[:end]) + html[end:]
