"""The two databases of the suite: migrated once a run, put back to that state before each test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask

from app import create_app
from commands.init import prepare
from core.config import Config
from core.db import db
from desk import revision
from tests.support.postgres import Server
from tests.support.run import SharedRun

TEMPLATE = "liniya_template"
_numbers = itertools.count()


@dataclass(frozen=True)
class Prepared:
    """An application on a database that `reset` puts back to its first state in milliseconds."""

    app: Flask
    reset: Callable[[], None]


def settings(data: Path, url: str) -> Config:
    return Config(
        data=data,
        database_url=url,
        secret_key="not secret: only tests sign with it",
        base_url="http://localhost",
        assets="local",
        testing=True,
    )


class Databases:
    """What one worker opens: made when a test first asks for the kind."""

    def __init__(self, run: SharedRun, worker: str) -> None:
        self.run = run
        self.worker = worker
        memory = Path("/dev/shm")  # noqa: S108 - there a commit costs no disk
        place = memory if os.access(memory, os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix=f"liniya-{worker}-", dir=place))
        self._prepared: dict[str, Prepared] = {}
        self._ending = ExitStack()

    def prepared(self, kind: str) -> Prepared:
        """The application of this kind, its database as new."""
        if kind not in self._prepared:
            self._prepared[kind] = self._sqlite() if kind == "sqlite" else self._postgres()
        prepared = self._prepared[kind]
        prepared.reset()
        with prepared.app.app_context():
            revision.forget()
        return prepared

    @contextmanager
    def copy(self, kind: str, *, empty: bool = False) -> Iterator[Config]:
        """Settings of a database of one's own, migrated unless `empty`, gone afterwards."""
        data = self.folder / f"copy-{next(_numbers)}"
        data.mkdir()
        if kind == "sqlite":
            yield self._copied_file(data, empty)
        else:
            name = f"liniya_{self.worker}_{data.name.replace('-', '_')}"
            yield self._copied_database(data, name, empty)
            _administer(self.run.postgres(), f"DROP DATABASE {name} WITH (FORCE)")
        shutil.rmtree(data, ignore_errors=True)

    def close(self) -> None:
        self._ending.close()
        for prepared in self._prepared.values():
            _close_connections(prepared.app)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _copied_file(self, data: Path, empty: bool) -> Config:
        path = data / "liniya.sqlite3"
        if not empty:
            shutil.copyfile(self._sqlite_template(), path)
        return settings(data, f"sqlite:///{path}")

    def _copied_database(self, data: Path, name: str, empty: bool) -> Config:
        server = self.run.postgres()
        source = "template0" if empty else self._postgres_template(server)
        _administer(server, f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY")
        return settings(data, server.url(name))

    def _sqlite_template(self) -> str:
        def make() -> str:
            path = self.run.folder / "template.sqlite3"
            _migrate(settings(self.run.folder, f"sqlite:///{path}"))
            return str(path)

        return str(self.run.once("sqlite", make))

    def _postgres_template(self, server: Server) -> str:
        def make() -> str:
            _administer(server, f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            _migrate(settings(self.run.folder, server.url(TEMPLATE)))
            return TEMPLATE

        return str(self.run.once("postgres_template", make))

    def _sqlite(self) -> Prepared:
        config = self._copied_file(self.folder, empty=True)
        link, template = self.folder / "liniya.sqlite3", self._sqlite_template()
        app = create_app(config)

        def reset() -> None:
            """Under another name each time: a thread of the last test may still hold its file."""
            _close_connections(app)
            for left in (link, *self.folder.glob("fresh-*")):
                left.unlink(missing_ok=True)
            fresh = self.folder / f"fresh-{next(_numbers)}.sqlite3"
            shutil.copyfile(template, fresh)
            link.symlink_to(fresh)

        return Prepared(app, reset)

    def _postgres(self) -> Prepared:
        name = f"liniya_{self.worker}"
        config = self._copied_database(self.folder, name, empty=False)
        server = self.run.postgres()
        connection = psycopg.connect(_plain(server.url(name)), autocommit=True)
        self._ending.enter_context(connection)
        restore = _remember_rows(connection)
        return Prepared(create_app(config), lambda: _execute(connection, restore))


def _migrate(config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        prepare()
    _close_connections(app)


def _close_connections(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _remember_rows(connection: psycopg.Connection[Any]) -> str:
    """Keep a copy of the rows of the template beside it; the SQL that brings back just them.

    Deleting 70 nearly empty tables takes 5 ms; TRUNCATE or a new clone 40 to 90.
    """
    tables = _names(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    steps = ["SET session_replication_role = replica", "SET lock_timeout = '10s'"]
    steps += [f'DELETE FROM public."{table}"' for table in tables]
    connection.execute("CREATE SCHEMA pristine")
    for table in tables:
        connection.execute(f'CREATE TABLE pristine."{table}" AS TABLE public."{table}"')
        if connection.execute(f'SELECT 1 FROM pristine."{table}" LIMIT 1').fetchone() is None:
            continue
        columns = ", ".join(f'"{name}"' for name in _writable_columns(connection, table))
        steps.append(
            f'INSERT INTO public."{table}" ({columns}) OVERRIDING SYSTEM VALUE '
            f'SELECT {columns} FROM pristine."{table}"'
        )
    return "; ".join(steps + _sequence_steps(connection))


def _writable_columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    return _names(
        connection,
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
        f"AND is_generated = 'NEVER' AND table_name = '{table}'",
    )


def _sequence_steps(connection: psycopg.Connection[Any]) -> list[str]:
    sequences = _names(
        connection, "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
    )
    steps = []
    for name in sequences:
        value, called = connection.execute(f'SELECT last_value, is_called FROM "{name}"').fetchone()
        steps.append(f"SELECT setval('\"{name}\"', {value}, {called})")
    return steps


def _names(connection: psycopg.Connection[Any], query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]


def _execute(connection: psycopg.Connection[Any], statements: str) -> None:
    connection.execute(statements)


def _administer(server: Server, statement: str) -> None:
    with psycopg.connect(_plain(server.url("postgres")), autocommit=True) as connection:
        connection.execute(statement)


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")
