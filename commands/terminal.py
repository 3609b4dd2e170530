"""What all commands share: the terminal's language, plain refusals, opening the database."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from app import create_app
from core.config import BadSetting, Config
from core.db import db
from core.i18n import _, set_locale

PROJECT = Path(__file__).parent.parent
# Of the machine, not of the program: these need no stack trace.
DISK_FAULTS = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


class Refusal(click.ClickException):
    """The command can't do as asked; the message says what is wrong and what to do. Exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def choose_language() -> None:
    """Russian when the terminal is Russian, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    spoken = next((os.environ[name] for name in names if os.environ.get(name)), "")
    set_locale("ru" if spoken.startswith("ru") else "en")


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=_("Folder of the database and files (default: data in the project's folder)."),
    )(command)


def data_folder(given: Path | None) -> Path:
    chosen = given or os.environ.get("LINIYA_DATA") or PROJECT / "data"
    return Path(chosen).expanduser().absolute()


def settings(data: Path | None, **overrides: Any) -> Config:
    folder = data_folder(data)
    try:
        return Config.load(folder, **overrides)
    except BadSetting as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise Refusal(cannot_write(folder, error)) from error


def cannot_write(folder: Path, error: OSError) -> str:
    return _(
        "The data folder %(folder)s can't be written to: %(why)s. "
        "Give another with --data DIR, or change who may write there.",
        folder=folder,
        why=error.strerror or error,
    )


@contextmanager
def opened(config: Config) -> Iterator[Flask]:
    """The application inside its context. Refusal when the database does not answer."""
    app = create_app(config)
    with app.app_context():
        try:
            inspect(db.engine).get_table_names()
        except DatabaseError as error:
            raise Refusal(unreachable(config, error)) from error
        try:
            yield app
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorname", "").startswith(DISK_FAULTS):
                raise Refusal(unreachable(config, error)) from error
            raise
        finally:
            db.session.remove()
            db.engine.dispose()


def unreachable(config: Config, error: DatabaseError) -> str:
    return _(
        "The database %(url)s can't be opened: %(why)s",
        url=make_url(config.database_url).render_as_string(hide_password=True),
        why=" ".join(str(error.orig).split()),
    )


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines in which the cells stand below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    pairs = [zip(row, widths, strict=True) for row in rows]
    return ["  ".join(cell.ljust(width) for cell, width in pair).rstrip() for pair in pairs]
