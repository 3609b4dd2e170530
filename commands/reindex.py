"""Make the search anew from the articles and tickets themselves."""

from pathlib import Path

import click

from commands.terminal import Refusal, data_option, opened, settings
from core import migrations
from core.bus import unit_of_work
from core.i18n import _, ngettext
from desk import search

SAID_EACH = 1_000


@click.command(
    help=_(
        "Make the search of articles and tickets anew, for when something is not found that "
        "should be. Liniya may go on running meanwhile."
    )
)
@data_option
def reindex(data: Path | None) -> None:
    with opened(settings(data)):
        if migrations.pending():
            raise Refusal(
                _("The database waits for migrations. Do them: bin/liniya migrate upgrade")
            )
        with unit_of_work():
            texts = search.reindex_all()
        click.echo(ngettext("%(num)s article text.", "%(num)s article texts.", texts))
        number = search.reindex_cases(_tell)
        click.echo(ngettext("%(num)s ticket.", "%(num)s tickets.", number))


def _tell(number: int) -> None:
    if number % SAID_EACH == 0:
        click.echo(_("%(n)s tickets so far…", n=number), err=True)
