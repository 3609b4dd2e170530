"""How every case begins: its row with the first words, written at once; then the first event."""

import secrets
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from core import clock
from core.db import db
from desk import events, history
from desk.catalog import catalog
from desk.files import Upload
from desk.messages import say
from models import Case, MessageKind, Participant, StatusCategory

C = TypeVar("C", bound=Case)


class Asked(Protocol):
    """What a case of either kind begins with."""

    @property
    def channel(self) -> str: ...
    @property
    def locale(self) -> str: ...
    @property
    def direction_id(self) -> int | None: ...


def blank(kind: type[C], asked: Asked, subject: str, requester: Participant, **more: Any) -> C:
    """Not in the session yet, as it stands after its first event."""
    at = clock.now()
    status = catalog().first_status(StatusCategory.NEW)
    values = {"fields": {}, **more}
    return kind(
        subject=subject,
        channel=asked.channel,
        locale=asked.locale or requester.locale,
        direction_id=asked.direction_id,
        requester=requester,
        status_id=status.id,
        category=status.category,
        is_open=True,
        line=1,
        version=1,
        link_nonce=secrets.token_hex(8),
        created_at=at,
        updated_at=at,
        status_since=at,
        tags=[],
        counters=[],
        **values,
    )


def begin(
    case: C,
    text: str,
    event: type[events.Event],
    *,
    by: Participant,
    inbound: bool,
    uploads: Iterable[Upload] = (),
) -> C:
    """Write it down with its first words. One flush: the row, who asks, and the message."""
    message = say(case, text, by=by, kind=MessageKind.PUBLIC, inbound=inbound, uploads=uploads)
    db.session.add(case)
    db.session.flush()
    history.record_beginning(event, case, by=by, data={"message": message.id})
    return case
