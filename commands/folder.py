"""The data folder: may it be written to, is it in use, and putting an old one aside."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import click

from commands.terminal import Refusal, cannot_write
from core import clock
from core.config import Config
from core.i18n import _

LOCK = "in-use.lock"


def make_ready(folder: Path) -> None:
    """Make the folder if there is none. Refusal when nothing can be written into it."""
    try:
        if folder.exists() and not folder.is_dir():
            raise Refusal(_("%(path)s is a file; --data wants a folder.", path=folder))
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"?")
    except OSError as error:
        raise Refusal(cannot_write(folder, error)) from error


def begin_anew(folder: Path, config: Config) -> None:
    """Put the folder aside and say where. Refusal when the database is not in it."""
    if not config.is_sqlite:
        raise Refusal(
            _("--fresh is for the built-in database; LINIYA_DATABASE_URL names another server.")
        )
    aside = put_aside(folder)
    if aside:
        click.echo(_("The old data folder is now %(path)s", path=aside))


def put_aside(folder: Path) -> Path | None:
    """Rename the folder so that a new one can begin; where it went, or None if there was none."""
    if not folder.exists():
        return None
    with in_use(folder, alone=True):
        aside = folder.with_name(f"{folder.name}.{clock.now():%Y-%m-%d-%H%M%S}")
        try:
            folder.rename(aside)
        except OSError as error:
            raise Refusal(cannot_write(folder.parent, error)) from error
    return aside


def check_free(folder: Path, *, alone: bool) -> None:
    """Refusal when another Liniya has marked the folder. Makes nothing."""
    if os.path.exists(folder / LOCK):  # noqa: PTH110 - Path raises where one may not look
        with _locked(folder, alone=alone):
            pass


@contextmanager
def in_use(folder: Path, *, alone: bool = False, address: str = "") -> Iterator[None]:
    """Mark the folder as used while the block runs; the system takes the mark off at any death.

    Refusal if `alone` is wanted and it is used. `address` is told to whoever is refused meanwhile.
    """
    make_ready(folder)
    with _locked(folder, alone=alone) as lock:
        try:
            lock.truncate(0)
            lock.write(address.encode())
        except OSError as error:
            raise Refusal(cannot_write(folder, error)) from error
        yield


@contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[FileIO]:
    try:
        lock = FileIO(folder / LOCK, "a+")
    except OSError as error:
        raise Refusal(cannot_write(folder, error)) from error
    with lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(_taken(folder)) from error
        except OSError as error:
            raise Refusal(cannot_write(folder, error)) from error
        yield lock


def _taken(folder: Path) -> str:
    address = (folder / LOCK).read_text()
    if not address:
        return _("A running Liniya uses the folder %(folder)s. Stop it first.", folder=folder)
    return _(
        "Another Liniya works with the folder %(folder)s already: %(url)s. "
        "Stop it first, or give another folder with --data DIR.",
        folder=folder,
        url=address,
    )
