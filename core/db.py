"""The database: base class, column types, and how each engine is set up."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Row,
    Table,
    event,
    literal,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import ExecuteStyle
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 10_000
STREAMED = 2_000  # rows at a time

Json = JSON().with_variant(postgresql.JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, aware out, UTC within; SQLite alone would hand back naive values."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: Json, list[Any]: Json},
    )


db = SQLAlchemy(model_class=Base)


def table(model: type[Base]) -> Table:
    """For rows that nobody wants as objects: half the cost of a statement over the class."""
    return cast(Table, model.__table__)


def plain_rows(query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
    """Past the session, which looks at each row anew: two thirds of a small statement's cost."""
    session = db.session()
    if session.autoflush:
        session.flush()
    return session.connection().execute(query, values).all()


def streamed(query: Executable) -> Iterator[Row[Any]]:
    """The same of very many rows, of which only some are held at a time."""
    connection = db.session().connection()
    result = connection.execute(query, execution_options={"yield_per": STREAMED})
    for some in result.partitions():
        yield from some


def put_if_absent(model: type[Base], **values: Any) -> bool:
    """Insert a row unless its key is taken, in one statement; False when it was.

    On PostgreSQL it waits for whoever is putting the same key in just now. Rows that it refers to
    have been flushed.
    """
    put = _told_if_put(model, db.engine.dialect.name)
    return db.session.execute(put, values).first() is not None


def putting(model: type[Base]) -> Any:
    """The statement that inserts rows unless their keys are taken, and does not tell which were."""
    return _putting(model, db.engine.dialect.name)


@cache
def _putting(model: type[Base], dialect: str) -> Any:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect]
    return insert(table(model)).on_conflict_do_nothing()


@cache
def _told_if_put(model: type[Base], dialect: str) -> Any:
    return _putting(model, dialect).returning(literal(1))


def put_rows(statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """All in one go; one alone as any other statement, which is cheaper."""
    if rows:
        db.session.execute(statement, rows if len(rows) > 1 else rows[0])


@event.listens_for(Engine, "connect")
def set_up_sqlite(connection: Any, record: Any) -> None:
    """WAL for readers beside the writer; FULL: what was accepted must survive a power cut."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # begin_sqlite below starts transactions, not the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-16000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def set_up_postgresql(connection: Any, record: Any) -> None:
    """Whoever waits for a lock gives up as on SQLite; by itself PostgreSQL waits for ever."""
    if type(connection).__module__.startswith("psycopg"):
        connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.commit()


@event.listens_for(Engine, "after_cursor_execute")
def keep_watch_over_sleepers(
    _connection: Any, cursor: Any, _text: str, _values: Any, context: Any, _many: bool
) -> None:
    """After many statements in a row, which psycopg sends as a pipeline, PostgreSQL does not mind
    any more how long the transaction sleeps with its locks; after one by itself it does."""
    if context.execute_style is ExecuteStyle.EXECUTEMANY and context.dialect.name == "postgresql":
        cursor.connection.execute("SELECT 1")


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """A unit that will write takes the lock at once, so it can't fail half-way as busy."""
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
