"""Bring the database to the shape that this version of the program works on, and back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection

from commands.terminal import Refusal, data_option, opened, settings
from core import bus, migrations
from core.db import db
from core.i18n import _
from desk import search


def upgrade(revision: str = "head") -> None:
    """Inside an application context. Refusal when the database is of a newer program."""
    with _alembic() as config:
        command.upgrade(config, revision)
    if not migrations.pending():
        with bus.unit_of_work():
            search.index_if_never_done()


def downgrade(revision: str) -> None:
    with _alembic() as config:
        command.downgrade(config, revision)


@contextmanager
def _alembic() -> Iterator[AlembicConfig]:
    _refuse_newer()
    db.session.remove()  # what it has read would hold up the change of tables
    config = AlembicConfig()
    config.set_main_option("script_location", str(migrations.FOLDER))
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        with _foreign_keys_off(connection):
            yield config


def _refuse_newer() -> None:
    found, known = migrations.current(), migrations.known()
    if found is not None and found not in known:
        raise Refusal(
            _(
                "The database was made by a newer version of Liniya (migration %(theirs)s; this "
                "version knows up to %(ours)s). Start that version, or update this one.",
                theirs=found,
                ours=known[-1],
            )
        )


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; its rows' children must not go with the old one."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        orphans = driver.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"a migration left rows without their parents: {orphans[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _say_where() -> None:
    click.echo(
        _(
            "The database is at migration %(current)s; the newest is %(newest)s.",
            current=migrations.current() or "base",
            newest=migrations.known()[-1],
        )
    )


@click.group(help=_("Bring the database to the shape that this version works on, and back."))
def migrate() -> None:
    pass


@migrate.command("upgrade", help=_("Go up to REVISION; without it, to the newest."))
@click.argument("revision", default="head")
@data_option
def upgrade_command(revision: str, data: Path | None) -> None:
    with opened(settings(data)):
        upgrade(_known(revision))
        _say_where()


@migrate.command("downgrade", help=_("Go down to REVISION (base = no tables). Rows may be lost."))
@click.argument("revision")
@data_option
def downgrade_command(revision: str, data: Path | None) -> None:
    with opened(settings(data)):
        downgrade(_known(revision))
        _say_where()


@migrate.command("current", help=_("Say at which migration the database is, and which is newest."))
@data_option
def current_command(data: Path | None) -> None:
    with opened(settings(data)):
        _say_where()


def _known(revision: str) -> str:
    choices = ["base", *migrations.known(), "head"]
    if revision not in choices:
        listed = ", ".join(choices)
        raise Refusal(
            _("There is no migration %(name)s; there are: %(all)s", name=revision, all=listed)
        )
    return revision
