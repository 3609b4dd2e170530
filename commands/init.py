"""Make the database: its tables, and the rows that every installation needs."""

from pathlib import Path

import click

from commands.folder import make_ready
from commands.terminal import data_folder, data_option, opened, settings
from core import migrations
from core.bus import unit_of_work
from core.i18n import _
from desk.reference import ensure_reference


def prepare() -> bool:
    """Migrate and add reference rows, inside an application context. True for a new database."""
    found = migrations.current()
    if found != migrations.known()[-1]:
        from commands.migrate import upgrade  # loads Alembic: 0.2 s that most starts need not pay

        upgrade()
    with unit_of_work():
        ensure_reference()
    return found is None


@click.command(help=_("Make the database with what every installation needs. Safe to repeat."))
@data_option
def init(data: Path | None) -> None:
    make_ready(data_folder(data))
    config = settings(data)
    with opened(config):
        was_new = prepare()
    click.echo(_("The database is made.") if was_new else _("The database was there; it is ready."))
    click.echo(_("Next: bin/liniya create-admin, then bin/run --no-demo"))
