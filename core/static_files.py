"""/static/: bundles and files, packed, kept by the browser as long as their hash stands."""

import gzip
import mimetypes
from functools import lru_cache
from http import HTTPStatus

from flask import Flask, Response, abort, request

from core.assets import Assets, assets

FOREVER = "public, max-age=31536000, immutable"
PACKED = ("text/", "application/javascript", "application/json", "image/svg+xml")
SMALL = 1000  # bytes; packing less gains nothing


def serve_static(app: Flask) -> None:
    """Answer /static/ from core.assets; the app itself is made with `static_folder=None`."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=send_static)


def send_static(filename: str) -> Response:
    files = assets()
    try:
        version = files.version(filename)
    except (FileNotFoundError, ValueError):
        abort(HTTPStatus.NOT_FOUND)
    response = _packed(files, filename)
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == version else "no-cache"
    response.vary.add("Accept-Encoding")
    response.set_etag(version, weak=True)
    response.make_conditional(request.environ)
    return response


def _packed(files: Assets, filename: str) -> Response:
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    content = files.content(filename)
    wanted = (
        request.accept_encodings["gzip"] > 0 and kind.startswith(PACKED) and len(content) > SMALL
    )
    response = Response(_gzip(content) if wanted else content, mimetype=kind)
    if wanted:
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=64)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
