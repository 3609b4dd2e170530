"""What conditions look at: the fields of a case by name, read from the row only when asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Source = Callable[[str], Any]


class Facts(dict[str, Any]):
    """A plain mapping; a field that is not there yet comes from `source`, or is None.

    Names are those of desk.history (status, assignee, "field.<key>", ...), of the fields that
    rules know beside them (text, company, ...), the times of the case (created_at, status_since,
    last_client_at, last_agent_at), and `last_runs` = {rule id: when it last ran on this case}.
    """

    def __init__(self, known: Mapping[str, Any] | None = None, source: Source | None = None):
        super().__init__(known or {})
        self.source = source

    def __missing__(self, name: str) -> Any:
        value = self.source(name) if self.source else None
        self[name] = value
        return value

    def copy(self) -> "Facts":
        """The same facts, to be changed apart."""
        return Facts(self, self.source)


def facts_from(known: Mapping[str, Any]) -> Facts:
    return known.copy() if isinstance(known, Facts) else Facts(known)


def hours_between(since: datetime | None, now: datetime) -> float | None:
    return (now - since).total_seconds() / 3600 if since else None
