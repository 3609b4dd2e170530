"""Attachments as downloads, for those who may see the ticket."""

from flask import Response

from blueprints import uploads
from blueprints.agent.blueprint import blueprint, me
from core.db import db
from core.i18n import _
from desk import access
from desk.errors import NotFound
from models import Attachment


@blueprint.get("/files/<int:attachment_id>")
def file(attachment_id: int) -> Response:
    attachment = db.session.get(Attachment, attachment_id) if attachment_id < 2**31 else None
    if attachment is None:
        raise NotFound(_("There is no such file."))
    access.case_for(me(), attachment.message.case_id)
    return uploads.as_download(attachment)
