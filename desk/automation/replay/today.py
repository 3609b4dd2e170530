"""What the log does not tell of a handful of cases, read at once when it is first asked for."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import db
from models import Case, Message


class Today:
    """The rows of these cases as they are now, and what was ever said on them."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers = numbers

    def case(self, number: int) -> Case:
        return self._cases[number]

    def message(self, number: int) -> Message:
        return self._messages[number]

    @cached_property
    def _cases(self) -> dict[int, Case]:
        query = select(Case).where(Case.id.in_(self.numbers)).options(joinedload(Case.requester))
        return {row.id: row for row in db.session.scalars(query)}

    @cached_property
    def _messages(self) -> dict[int, Message]:
        query = select(Message).where(Message.case_id.in_(self.numbers))
        return {row.id: row for row in db.session.scalars(query)}
