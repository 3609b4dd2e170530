"""What the database is asked, and which growing tables it would read from end to end for it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from core.db import db

GROWING = {
    "attachment", "case_index", "case_link", "case_tag", "cases", "client", "client_in_category",
    "company", "contact_point", "counter", "counter_firing", "counter_span", "decision", "draft",
    "event", "inbound", "message", "notice", "outbox", "participant", "rule_run", "search_query",
    "submission", "waiting_notice",
}  # fmt: skip


class Statement(str):
    """SQL as the driver got it, with its values."""

    __slots__ = ("values",)
    values: Any


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """What is asked inside the block; where a transaction begins does not count."""
    asked: list[Statement] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            statement = Statement(text)
            statement.values = values
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        db.session.rollback()


def reads(asked: Iterable[Statement]) -> list[Statement]:
    return [each for each in asked if each.lstrip().upper().startswith(("SELECT", "WITH"))]


def scans(asked: Iterable[Statement]) -> list[str]:
    """Tables that SQLite would read whole, row by row, and joins it would write down first.

    Empty on PostgreSQL, whose plans depend on how many rows there are.
    """
    if db.engine.dialect.name != "sqlite":
        return []
    steps = ((each, step.split()) for each in reads(asked) for step in _plan(each))
    return [
        " ".join(step)
        for each, step in steps
        if step[:2] == ["MATERIALIZE", "(join-1)"]
        or (step[0] == "SCAN" and len(step) == 2 and _table(each, step[1]) in GROWING)
    ]


def ways(asked: Iterable[Statement], table: str) -> list[str]:
    """How SQLite would read a table; empty on PostgreSQL."""
    if db.engine.dialect.name != "sqlite":
        return []
    steps = (step for each in reads(asked) for step in _plan(each))
    return [step for step in steps if f" {table} " in f"{step} "]


def _plan(asked: Statement) -> list[str]:
    explained = f"EXPLAIN QUERY PLAN {asked}"
    return [row[3] for row in db.session.connection().exec_driver_sql(explained, asked.values)]


def _table(asked: str, name: str) -> str:
    alias = re.search(rf"(\w+) AS {re.escape(name)}\b", asked)
    return alias[1] if alias else name
