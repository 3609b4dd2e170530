"""Look at the installation and say in plain words what is wrong and what to do."""

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from commands import create_admin
from commands.folder import make_ready
from commands.terminal import Refusal, data_folder, data_option, opened, settings
from core import migrations
from core.config import Config
from core.i18n import N_, _, format_datetime
from core.wanted import SMTP_PORTS
from desk import health

WANTED_PYTHON = (3, 11)
SMTP_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `is_fault` = something has to be done."""

    text: str
    is_fault: bool = False


def python_version() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < WANTED_PYTHON:
        return Finding(
            _("Python %(found)s is too old; 3.11 or newer is needed.", found=found), True
        )
    return Finding(_("Python %(found)s.", found=found))


def data_folder_state(folder: Path) -> Finding:
    try:
        make_ready(folder)
    except Refusal as refusal:
        return Finding(refusal.message, True)
    return Finding(_("The data folder %(folder)s can be written to.", folder=folder))


def database_state(config: Config) -> Iterator[Finding]:
    """The database, and when it answers: its shape, its people and who works on it."""
    try:
        with opened(config):
            shape = _shape_finding()
            yield shape
            if not shape.is_fault:
                yield from _content_findings()
    except Refusal as refusal:
        yield Finding(refusal.message, True)


def _shape_finding() -> Finding:
    current, known = migrations.current(), migrations.known()
    if current is None:
        return Finding(_("The database has no tables yet. Make them: bin/liniya init"), True)
    if current not in known:
        text = _("The database was made by a newer version of Liniya: update this one.")
        return Finding(text, True)
    if current != known[-1]:
        text = _("The database waits for migrations. Do them: bin/liniya migrate upgrade")
        return Finding(text, True)
    return Finding(_("The database answers and is at the newest migration, %(n)s.", n=current))


def _content_findings() -> Iterator[Finding]:
    if not create_admin.exists():
        text = _("There is no administrator yet. Make one: bin/liniya create-admin")
        yield Finding(text, True)
    found = health.look()
    if found.last_beat is None:
        yield Finding(_("Counters and outgoing mail have never run. Start: bin/run"), True)
    elif not found.is_alive:
        at = format_datetime(found.last_beat)
        text = _("Counters and outgoing mail stand still since %(at)s. Start: bin/run", at=at)
        yield Finding(text, True)
    else:
        yield Finding(_("Counters and outgoing mail are at work."))
    for waiting, text in (
        (found.oldest_mail, N_("Mail waits since %(at)s.")),
        (found.oldest_counter, N_("A counter is due since %(at)s.")),
        (found.oldest_stale, N_("Counters wait to be computed anew since %(at)s.")),
        (found.oldest_notice, N_("A digest for the staff is overdue since %(at)s.")),
    ):
        if waiting is not None:
            yield Finding(_(text, at=format_datetime(waiting)), found.is_late)


def mail_state(config: Config) -> Finding:
    if not config.smtp_url:
        return Finding(
            _("No mail server is set (LINIYA_SMTP_URL): mail is kept on the page of outgoing mail.")
        )
    parts = urlsplit(config.smtp_url)
    port = parts.port or SMTP_PORTS[parts.scheme]
    told = {"host": parts.hostname, "port": port}
    try:
        with socket.create_connection((parts.hostname or "", port), timeout=SMTP_SECONDS) as line:
            greeting = line.recv(200) if parts.scheme != "smtps" else b"220"
    except OSError as error:
        text = _("The mail server %(host)s:%(port)s can't be reached: %(why)s", why=error, **told)
        return Finding(text, True)
    if not greeting.startswith(b"220"):
        return Finding(_("%(host)s:%(port)s answers, but not as a mail server.", **told), True)
    return Finding(_("The mail server %(host)s:%(port)s answers.", **told))


def examine(data: Path | None) -> Iterator[Finding]:
    yield python_version()
    folder = data_folder_state(data_folder(data))
    yield folder
    if folder.is_fault:
        return
    try:
        config = settings(data)
    except Refusal as refusal:
        yield Finding(refusal.message, True)
        return
    yield from database_state(config)
    yield mail_state(config)


@click.command(help=_("Say in plain words what is wrong with this installation, and what to do."))
@data_option
def doctor(data: Path | None) -> None:
    faults = 0
    for finding in examine(data):
        faults += finding.is_fault
        click.echo(("✗ " if finding.is_fault else "✓ ") + finding.text)
    if faults:
        raise click.exceptions.Exit(1)
    click.echo(_("All is well."))
