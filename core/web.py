"""A full page or named blocks of it, from the same template; answers after a verb."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1


def page(template: str, *blocks: str, status: int = 200, **context: Any) -> Response:
    """Answer the page, or for htmx the first block followed by the others out of band."""
    body = fragments(template, *blocks, **context) if blocks and is_fragment_request() else ""
    response = make_response(body or render_template(template, **context), status)
    response.vary.add("HX-Request")
    return response


def fragments(template: str, *blocks: str, **context: Any) -> str:
    """The named blocks, one after the other; all but the first know `oob=True`."""
    current_app.update_template_context(context)
    source = current_app.jinja_env.get_template(template)
    parts: list[str] = []
    for name in blocks:
        parts += source.blocks[name](source.new_context(context))
        context["oob"] = True
    return "".join(parts)


def is_fragment_request() -> bool:
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def see_other(location: str) -> Response:
    """303 to a page after a verb: reload and Back never send a form twice."""
    response = redirect(location, 303)
    response.vary.add("HX-Request")
    return make_response(response)


def leave_to(location: str) -> Response:
    """Make the browser open another page, whatever pane htmx asked for (expired session)."""
    if not is_fragment_request():
        return see_other(location)
    response = make_response("", 204)
    response.headers["HX-Redirect"] = location
    return response


def safe_next(target: str | None, default: str) -> str:
    """A path of our own to go on to; anything that could lead elsewhere gives the default."""
    if not target or not target.startswith("/") or target[:2] in ("//", "/\\"):
        return default
    return default if any(ord(c) < 32 or c == "\\" for c in target) else target


def absolute(path: str) -> str:
    """A path of ours as it stands in mails: under the configured base, never the Host header."""
    base: str = current_app.config["LINIYA"].base_url
    return base.rstrip("/") + path


class IdConverter(IntegerConverter):
    """`<int:...>` of addresses: what no id can be is a page that does not exist."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_ID, **kwargs})


def id_given(value: str | None) -> int | None:
    """A number out of a query or form; None for what no id can be."""
    text = value or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
