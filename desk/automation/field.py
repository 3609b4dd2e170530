"""What a condition can look at: the base of everything in fields/."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.db import db
from core.i18n import _
from desk import history
from desk.automation.facts import Facts
from desk.automation.moment import Moment, Occurrence
from desk.automation.since import assignee_since, deadlines
from desk.automation.subjects import BOTH
from desk.automation.types import ValueType
from models import Case, Message


@dataclass(frozen=True)
class Subject:
    """The row that live facts are read from, and what just happened to it."""

    case: Case
    occurrence: Occurrence

    @cached_property
    def message(self) -> Message | None:
        """The last message of what happened; kept, for the session forgets what nobody holds."""
        number = self.occurrence.message_id
        return db.session.get_one(Message, number) if number is not None else None


class Field:
    """One name that conditions may use. `has_history`: events tell its value before and after.

    `subjects`: what has it; `reads`: the facts it is computed from, where it is none itself.
    """

    key: str = ""
    label: str = ""
    section: str = "ticket"
    position: int = 100
    type: ValueType
    has_history: bool = False
    subjects: tuple[str, ...] = BOTH
    reads: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people read it."""
        return _(self.label)

    @property
    def is_fact(self) -> bool:
        """Whether conditions look at the fact itself, nothing computed from it."""
        return type(self).reader is Field.reader

    def of(self, subject: Subject) -> Any:
        """The fact as the row holds it."""
        return history.value_of(subject.case, self.key)

    def reader(self) -> Callable[[Moment], Any]:
        """How the value is had from the facts of a moment; compiled into conditions."""
        key = self.key
        return lambda moment: moment.facts[key]

    def show(self, value: Any) -> str:
        return self.type.show(value)


# Facts that no condition names, but that fields are computed from.
_UNNAMED: dict[str, Callable[[Case], Any]] = {
    "created_at": lambda case: case.created_at,
    "status_since": lambda case: case.status_since,
    "last_client_at": lambda case: case.last_client_at,
    "last_agent_at": lambda case: case.last_agent_at,
    "assignee_since": assignee_since,
    "deadlines": deadlines,
}


def live_facts(case: Case, occurrence: Occurrence, fields: Callable[[str], Field | None]) -> Facts:
    """Facts read from the row of a case as they are asked for."""
    subject = Subject(case, occurrence)

    def source(name: str) -> Any:
        if name in _UNNAMED:
            return _UNNAMED[name](case)
        field = fields(name)
        return field.of(subject) if field else None

    return Facts(source=source)
