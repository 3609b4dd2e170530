"""Fill a new database with the demo company."""

from pathlib import Path

import click
from flask import Flask

from commands.create_admin import exists as has_admin
from commands.first_start import first_start
from commands.folder import begin_anew, in_use
from commands.init import prepare
from commands.terminal import Refusal, columns, data_folder, data_option, opened, settings
from core.i18n import _
from demo.loader import is_loaded, load_demo, sign_ins


@click.command(
    help=_("Fill a new database with the demo company and say how to sign in. Safe to repeat.")
)
@data_option
@click.option(
    "--fresh",
    is_flag=True,
    help=_("Begin with a new database; the old data folder stays under another name."),
)
def demo(data: Path | None, fresh: bool) -> None:
    folder = data_folder(data)
    if fresh:
        begin_anew(folder, settings(folder, secret_key="later"))  # noqa: S106 - none is stored yet
    with in_use(folder, alone=True):
        config = settings(folder)
        with opened(config) as app, first_start(config):
            prepare()
            _fill(app)
    click.echo(_("Sign in to the demo company:"))
    click.echo("\n".join(f"  {row}" for row in columns(sign_ins())))


def _fill(app: Flask) -> None:
    if is_loaded():
        click.echo(_("The demo company is there already."))
        return
    if has_admin():
        raise Refusal(
            _(
                "A company works with this database already. The demo company needs a new one: "
                "give another folder with --data DIR, or --fresh."
            )
        )
    click.echo(_("Filling the database with the demo company; half a minute, once."))
    load_demo(app)
