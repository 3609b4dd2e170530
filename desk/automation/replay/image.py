"""A case as it was at some time: what fields, placeholders and recipients ask a row for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from desk.automation.replay.today import Today
from desk.automation.subjects import TICKET
from desk.catalog import catalog
from desk.history import COLUMNS
from models import StatusCategory

OWN = "field."


class Image:
    """Answers like a case. What its events do not tell is taken from the row as it is today."""

    def __init__(self, number: int, today: Today) -> None:
        self.id = self.number = number
        self.today = today
        self.kind = TICKET
        self.fields: dict[str, Any] = {}
        self.tag_names: list[str] | None = None
        for column in COLUMNS.values():
            setattr(self, column, None)
        self.link_nonce = ""  # no link that works is ever made of an image
        self.created_at: datetime | None = None
        self.status_since: datetime | None = None
        self.last_client_at: datetime | None = None
        self.last_agent_at: datetime | None = None
        self.given_at: datetime | None = None  # to who works on it
        self.said: list[int] = []  # the public messages so far
        self.notes: dict[int, Callable[[], str]] = {}  # what rules would have written, by -1, -2, …
        self.last_runs: dict[int, datetime] = {}

    def value(self, name: str) -> Any:
        """As desk.history keeps it."""
        if name == "tags":
            return self.tag_names
        if name.startswith(OWN):
            return self.fields.get(name.removeprefix(OWN))
        return getattr(self, COLUMNS[name])

    def put(self, name: str, value: Any, at: datetime) -> None:
        if name == "tags":
            self.tag_names = value
        elif name.startswith(OWN):
            self.fields = {**self.fields, name.removeprefix(OWN): value}
        else:
            setattr(self, COLUMNS[name], value)
            if name == "status":
                self.status_since = at
            elif name == "assignee":
                self.given_at = at

    def words(self, most: int) -> str:
        """The subject and what has been said in public so far."""
        texts = [self.today.message(number).text for number in self.said[:most]]
        return "\n".join([self.value("subject"), *texts])

    def snapshot(self) -> dict[str, Any]:
        values = {name: self.value(name) for name in (*COLUMNS, "tags")}
        return values | {OWN + key: value for key, value in self.fields.items()}

    @property
    def category(self) -> StatusCategory:
        return StatusCategory(catalog().statuses[self.value("status")].category)

    @property
    def is_open(self) -> bool:
        return self.category.is_open

    @property
    def is_solved(self) -> bool:
        return self.category in (StatusCategory.SOLVED, StatusCategory.CLOSED)

    @property
    def is_answered(self) -> bool:
        ours, theirs = self.last_agent_at, self.last_client_at
        return ours is not None and (theirs is None or ours > theirs)

    @property
    def assignee_since(self) -> datetime | None:
        return self.given_at if self.value("assignee") else None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        rows = _ROWS.get(name)
        if rows is not None:
            return getattr(catalog(), rows[0]).get(self.value(rows[1]) or 0)
        return getattr(self.today.case(self.id), name)


# Attributes that are rows of the catalogue: the table, and the field that names the row.
_ROWS: Mapping[str, tuple[str, str]] = {
    "status": ("statuses", "status"),
    "assignee": ("staff", "assignee"),
    "group": ("groups", "group"),
    "type": ("types", "type"),
    "topic": ("topics", "topic"),
    "direction": ("directions", "direction"),
}
