"""Tickets for tests, made by the same verbs as in life."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from core import bus
from core.db import db
from desk import tickets
from desk.tickets import NewTicket
from models import Participant, Ticket

TROUBLE = "Терминал не печатает чек"


def opened(requester: Participant, subject: str = TROUBLE, text: str = "", **more: Any) -> Ticket:
    """A ticket that the requester wrote."""
    with bus.unit_of_work():
        new = NewTicket(subject=subject, text=text or f"{subject}. Помогите!", **more)
        return tickets.open_ticket(new, requester=requester)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked inside the block; where a transaction begins does not count."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        db.session.rollback()
