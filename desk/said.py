"""What was said on a case, as pages read it: plain rows with author and files, one statement."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from core.db import plain_rows
from models import Attachment, Case, Message, Participant, ParticipantKind
from models.participant import initials_of


class Author(NamedTuple):
    """Whoever wrote it; of colleagues the catalogue knows more."""

    kind: str
    name: str

    @property
    def is_staff(self) -> bool:
        return self.kind == ParticipantKind.STAFF

    @property
    def initials(self) -> str:
        return initials_of(self.name)


class File(NamedTuple):
    id: int
    name: str
    content_type: str
    size: int


class Said(NamedTuple):
    """A message that is only read: no row of the session, so that a page of them costs little."""

    id: int
    author_id: int
    kind: str
    inbound: bool
    channel: str
    text: str
    quoted: str
    at: datetime
    author: Author
    attachments: list[File]


_FIELDS = ("id", "author_id", "kind", "inbound", "channel", "text", "quoted", "at")
_OF_MESSAGE = [getattr(Message, name) for name in _FIELDS]


def last_of(
    case: Case, most: int, *, before: int | None = None, since: int | None = None
) -> list[Said]:
    """Newest first, at most so many; `before` and `since` are ids."""
    values = {"case": case.id, "most": most, "before": before, "since": since}
    given = {name: value for name, value in values.items() if value is not None}
    return _read(_query(before is not None, since is not None), given)


def these(ids: Iterable[int]) -> list[Said]:
    """Newest first."""
    return _read(_THESE, {"ids": list(ids)})


@cache
def _query(before: bool, since: bool) -> Select[Any]:
    which = select(*_OF_MESSAGE).where(Message.case_id == bindparam("case"))
    if before:
        which = which.where(Message.id < bindparam("before"))
    if since:
        which = which.where(Message.id >= bindparam("since"))
    return _whole(which.order_by(Message.id.desc()).limit(bindparam("most")))


def _whole(which: Select[Any]) -> Select[Any]:
    message = which.subquery()
    return (
        select(
            *message.c,
            Participant.kind.label("author_kind"),
            Participant.name,
            Attachment.id.label("file"),
            Attachment.name,
            Attachment.content_type,
            Attachment.size,
        )
        .join(Participant, Participant.id == message.c.author_id)
        .outerjoin(Attachment, Attachment.message_id == message.c.id)
        .order_by(message.c.id.desc(), Attachment.id)
    )


_THESE = _whole(select(*_OF_MESSAGE).where(Message.id.in_(bindparam("ids", expanding=True))))


def _read(query: Select[Any], values: dict[str, Any]) -> list[Said]:
    """A message with two files is two rows."""
    size = len(_FIELDS)
    found = []
    for _id, rows in groupby(plain_rows(query, values), key=lambda row: row.id):
        first, *others = rows
        files = [File(*row[size + 2 :]) for row in (first, *others) if row.file is not None]
        author = Author(*first[size : size + 2])
        found.append(Said._make((*first[:size], author, files)))
    return found
