"""Attachments: what may be attached, where it goes."""

import mimetypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from core.i18n import _
from core.storage import Storage
from desk.errors import Invalid
from models import Attachment, Message

MEGABYTE = 1024 * 1024
MAX_FILES = 10
MAX_NAME = 255


@dataclass(frozen=True)
class Upload:
    """A received file, already in the storage under `key`."""

    key: str
    name: str
    size: int


def keep(storage: Storage, name: str, content: bytes, *, limit: int) -> Upload:
    """Put one received file away. Invalid when it is empty or larger than `limit` bytes."""
    shown = clean_name(name)
    if not content:
        raise Invalid(_("The file %(name)s is empty.", name=shown), "files")
    if len(content) > limit:
        text = _("The file %(name)s is larger than %(n)s MB.", name=shown, n=limit // MEGABYTE)
        raise Invalid(text, "files")
    return Upload(storage.put(content), shown, len(content))


def attach(message: Message, uploads: Iterable[Upload]) -> None:
    kept = list(uploads)
    if len(kept) > MAX_FILES:
        raise Invalid(_("At most %(n)s files at once.", n=MAX_FILES), "files")
    message.attachments = [
        Attachment(
            storage_key=each.key,
            name=each.name,
            size=each.size,
            content_type=mimetypes.guess_type(each.name)[0] or "application/octet-stream",
        )
        for each in kept
    ]


def clean_name(name: str) -> str:
    """What the sender called it, without path, control and direction-changing characters."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    if len(kept) > MAX_NAME:
        stem, dot, ending = kept.rpartition(".")
        kept = stem[: MAX_NAME - len(ending) - 1] + dot + ending[:20] if dot else kept[:MAX_NAME]
    return kept[:MAX_NAME] or _("file")
