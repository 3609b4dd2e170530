"""Attachments as downloads, for those who may see the ticket."""

from flask import Response, current_app, send_file

from blueprints.agent.blueprint import blueprint, me
from core.db import db
from core.i18n import _
from desk import access
from desk.errors import NotFound
from models import Attachment

NOTHING_RUNS = "default-src 'none'; sandbox"


@blueprint.get("/files/<int:attachment_id>")
def file(attachment_id: int) -> Response:
    attachment = db.session.get(Attachment, attachment_id) if attachment_id < 2**31 else None
    if attachment is None:
        raise NotFound(_("There is no such file."))
    access.case_for(me(), attachment.message.case_id)
    try:
        content = current_app.extensions["storage"].open(attachment.storage_key)
    except FileNotFoundError:
        raise NotFound(_("This file is missing from the storage.")) from None
    response = send_file(
        content,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=attachment.name,
    )
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["Cache-Control"] = "private, no-store"
    return response
