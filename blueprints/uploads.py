"""Files on their way in with a form, and on their way out as downloads."""

import os
import unicodedata
from urllib.parse import quote

from flask import Response, current_app, request, send_file
from werkzeug.datastructures import FileStorage

from core.i18n import _
from desk import files
from desk.errors import Invalid, NotFound
from desk.files import Upload
from models import Attachment


def received(name: str = "files") -> list[Upload]:
    """What came with the form, put away. Invalid when a file is empty, too large, one too many."""
    given = _given(name)
    if len(given) > files.MAX_FILES:
        raise Invalid(_("At most %(n)s files at once.", n=files.MAX_FILES), name)
    storage = current_app.extensions["storage"]
    limit = current_app.config["LINIYA"].max_attachment_bytes
    return [files.keep(storage, file.filename or "", file.read(), limit=limit) for file in given]


def names_received(name: str = "files") -> list[str]:
    """What has to be chosen again when the form comes back; not what was refused for its size."""
    return [files.clean_name(file.filename or "") for file in _given(name) if _has_good_size(file)]


def are_given(name: str = "files") -> bool:
    return bool(_given(name))


def _given(name: str) -> list[FileStorage]:
    return [file for file in request.files.getlist(name) if file.filename]


def _has_good_size(file: FileStorage) -> bool:
    size = file.stream.seek(0, os.SEEK_END)
    return 0 < size <= current_app.config["LINIYA"].max_attachment_bytes


def as_download(attachment: Attachment) -> Response:
    """Never shown in the page's own right: saved as a file, whatever its sender says it is."""
    try:
        content = current_app.extensions["storage"].open(attachment.storage_key)
    except OSError:
        raise NotFound(_("This file is not here any more.")) from None
    response = send_file(
        content,
        mimetype="application/octet-stream",
        etag=False,
    )
    response.headers.set("Content-Disposition", "attachment", **_names(attachment.name))
    response.content_length = attachment.size
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _names(name: str) -> dict[str, str]:
    """For browsers, and for programs that read ASCII only: they get no name that is an ending."""
    stem, dot, ending = name.rpartition(".")
    plain = _ascii(stem if dot else name).strip() or "file"
    return {"filename": plain + _ascii(dot + ending if dot else ""), "filename*": _quoted(name)}


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _quoted(name: str) -> str:
    return "UTF-8''" + quote(name, safe="!#$&+^_`|~")
