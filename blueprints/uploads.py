"""Files on their way in with a form, and on their way out as downloads."""

from flask import Response, current_app, request, send_file

from core.i18n import _
from desk import files
from desk.errors import Invalid, NotFound
from desk.files import Upload
from models import Attachment


def received(name: str = "files") -> list[Upload]:
    """What came with the form, put away. Invalid when a file is empty, too large, one too many."""
    given = [file for file in request.files.getlist(name) if file.filename]
    if len(given) > files.MAX_FILES:
        raise Invalid(_("At most %(n)s files at once.", n=files.MAX_FILES), name)
    storage = current_app.extensions["storage"]
    limit = current_app.config["LINIYA"].max_attachment_bytes
    return [files.keep(storage, file.filename or "", file.read(), limit=limit) for file in given]


def names_received(name: str = "files") -> list[str]:
    """What has to be chosen again when the form comes back."""
    return [files.clean_name(f.filename) for f in request.files.getlist(name) if f.filename]


def as_download(attachment: Attachment) -> Response:
    """Never shown in the page's own right: saved as a file, whatever its sender says it is."""
    try:
        content = current_app.extensions["storage"].open(attachment.storage_key)
    except OSError:
        raise NotFound(_("This file is not here any more.")) from None
    response = send_file(
        content,
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.name,
        etag=False,
    )
    response.content_length = attachment.size
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
