"""Fixtures of the whole suite; how they work stands in tests/support."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import clock as core_clock
from core.config import Config
from core.db import db
from core.i18n import DEFAULT_LOCALE, DEFAULT_ZONE, use_locale
from tests.support.browser import browser, page
from tests.support.client import Client
from tests.support.network import _only_loopback, outside_connections
from tests.support.people import anton, galina, ivan, masha, olga, pavel, sergey, vera
from tests.support.run import SharedRun, shared_folder
from tests.support.server import LiveServer, served
from tests.support.smtp import smtp, smtp_server

__all__ = ["_only_loopback", "browser", "outside_connections", "page", "smtp", "smtp_server"]
__all__ += ["anton", "galina", "ivan", "masha", "olga", "pavel", "sergey", "vera"]

if TYPE_CHECKING:
    from tests.support.databases import Databases

KINDS = ("sqlite", "postgresql")
MONDAY_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Moscow"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=KINDS, help="run the database tests on this one only")


def pytest_configure() -> None:
    """Nobody's own settings reach a test."""
    for setting in fields(Config):
        os.environ.pop(f"LINIYA_{setting.name.upper()}", None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Database tests run on both; on SQLite alone if marked one_database or in the browser."""
    if "database" not in metafunc.fixturenames:
        return
    single = metafunc.definition.get_closest_marker("one_database")
    kinds = KINDS[:1] if single or "page" in metafunc.fixturenames else KINDS
    chosen = metafunc.config.getoption("--database")
    metafunc.parametrize("database", [kind for kind in kinds if chosen in (None, kind)])


def pytest_sessionfinish(session: pytest.Session) -> None:
    factory = getattr(session.config, "_tmp_path_factory", None)
    if factory and not hasattr(session.config, "workerinput"):
        SharedRun(shared_folder(session.config, factory)).stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Figures that tests noted with record_property: printed, not judged."""
    passed = terminalreporter.getreports("passed")
    figures = [figure for report in passed for figure in report.user_properties]
    for name, value in figures:
        terminalreporter.line(f"{name}: {value}")


@pytest.fixture(autouse=True)
def clock() -> Iterator[core_clock.Frozen]:
    """Monday 2 March 2026, 9:00 in Moscow, until the test moves it."""
    with core_clock.freeze(MONDAY_MORNING) as frozen:
        yield frozen


@pytest.fixture(autouse=True)
def _of_nobody() -> Iterator[None]:
    """Language and zone that nobody chose; what a request in the test chooses ends with it."""
    with use_locale(DEFAULT_LOCALE, DEFAULT_ZONE):
        yield


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator["Databases"]:
    from tests.support.databases import Databases  # the whole program: pure tests start without it

    run = SharedRun(shared_folder(request.config, tmp_path_factory))
    opened = Databases(run, os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield opened
    opened.close()


@pytest.fixture
def app(database: str, databases: "Databases", clock: core_clock.Frozen) -> Iterator[Flask]:
    """The application on a database as new (migrated, reference rows only), inside its context."""
    if database == "postgresql":
        _postgres_or_skip(databases)
    prepared = databases.prepared(database)
    with prepared.app.app_context():
        yield prepared.app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The same application on the same database, over HTTP on loopback."""
    with served(app) as server:
        yield server


@pytest.fixture
def own_database(database: str, databases: "Databases") -> Iterator[Config]:
    """Settings of a migrated database for one test: for programs that it starts or kills."""
    with _copy(databases, database) as config:
        yield config


@pytest.fixture
def empty_database(database: str, databases: "Databases") -> Iterator[Config]:
    """Settings of a database without a table: for migrations and first starts."""
    with _copy(databases, database, empty=True) as config:
        yield config


def _copy(
    databases: "Databases", kind: str, *, empty: bool = False
) -> AbstractContextManager[Config]:
    if kind == "postgresql":
        _postgres_or_skip(databases)
    return databases.copy(kind, empty=empty)


def _postgres_or_skip(databases: "Databases") -> None:
    try:
        databases.run.postgres()
    except LookupError as missing:
        pytest.skip(str(missing))
