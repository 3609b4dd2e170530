"""Start everything: the one command of a first day."""

import signal
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask

from commands import create_admin
from commands.first_start import first_start
from commands.folder import begin_anew, check_free, in_use
from commands.init import prepare
from commands.serving import bound_socket, leave, serve
from commands.terminal import columns, data_folder, data_option, opened, settings
from core.bus import unit_of_work
from core.config import Config
from core.i18n import _
from demo.loader import load_demo, sign_ins
from desk import jobs, outbox, people


@click.command(help=_("Start Liniya: web pages, counters and outgoing mail in one process."))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help=_("Port to answer on (default: 5000)."),
)
@click.option(
    "--host",
    metavar="HOST",
    help=_("Address to answer on (default: 127.0.0.1, this machine only)."),
)
@data_option
@click.option(
    "--fresh",
    is_flag=True,
    help=_("Begin with a new database; the old data folder stays under another name."),
)
@click.option(
    "--demo/--no-demo",
    default=True,
    help=_("Fill a new database with the demo company (default), or leave it empty."),
)
def run(port: int | None, host: str | None, data: Path | None, fresh: bool, demo: bool) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(data_folder(data), {"port": port, "host": host}, fresh=fresh, demo=demo)
    except KeyboardInterrupt:  # before there was anything to end
        click.echo()
    click.echo(_("Liniya has stopped."))
    leave()


def _run(folder: Path, address: dict[str, Any], *, fresh: bool, demo: bool) -> None:
    # The port comes before anything is moved or made, so the stored secret has to wait.
    wanted = settings(folder, secret_key="later", **address)  # noqa: S106 - stands for the stored
    alone = wanted.is_sqlite  # servers that share a database server may share a folder too
    check_free(folder, alone=alone)  # before the port: the same Liniya may have that too
    listener = bound_socket(wanted.host, wanted.port)
    if fresh:
        begin_anew(folder, wanted)
    with in_use(folder, alone=alone, address=wanted.base_url):
        config = settings(folder, **address)
        with opened(config) as app:
            _fill(app, config, demo=demo)
            if alone:
                _release()
        serve(app, listener, config, lambda: _announce(app, config))


def _fill(app: Flask, config: Config, *, demo: bool) -> None:
    """Tables, reference rows, and in a new database the demo company or the first administrator."""
    with first_start(config):
        if prepare() and demo:
            click.echo(_("Filling the database with the demo company; half a minute, once."))
            load_demo(app)
    if not create_admin.exists() and sys.stdin.isatty():
        create_admin.ask()


def _release() -> None:
    """Nobody else works here: what is under a lease was left by a process that died."""
    with unit_of_work():
        outbox.release()
        jobs.release()


def _announce(app: Flask, config: Config) -> None:
    click.echo(_("Liniya runs: %(url)s", url=config.base_url))
    click.echo(_("Data: %(folder)s", folder=config.data))
    with app.app_context(), unit_of_work(writes=False):
        known = [row for row in sign_ins() if people.by_email(row[2])]
        has_admin = create_admin.exists()
    if known:
        click.echo(_("Sign in to the demo company:"))
        click.echo("\n".join(f"  {row}" for row in columns(known)))
    if not has_admin:
        click.echo(_("There is no administrator yet. Make one: bin/liniya create-admin"))
    click.echo(_("Stop: Ctrl+C"))
