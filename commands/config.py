"""Show the settings in force and where each comes from."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
from sqlalchemy import make_url

from commands.terminal import data_option, settings
from core.config import SECRETS, Config
from core.i18n import _


def shown(name: str, value: Any) -> str:
    """A setting for people; of secrets only that they are there, of addresses not the password."""
    if value in (None, ""):
        return _("not set")
    if name not in SECRETS:
        return str(value)
    return make_url(value).render_as_string(hide_password=True) if "://" in value else "***"


def _origin(name: str) -> str:
    variable = f"LINIYA_{name.upper()}"
    return variable if os.environ.get(variable) else _("default, set with %(n)s", n=variable)


@click.command(help=_("Show the settings in force and where each comes from; secrets are masked."))
@data_option
def config(data: Path | None) -> None:
    found = settings(data)
    for setting in fields(Config):
        variable = f"LINIYA_{setting.name.upper()}"
        origin = variable if os.environ.get(variable) else _("default, set with %(n)s", n=variable)
        click.echo(
            f"{setting.name} = {shown(setting.name, getattr(found, setting.name))}  ({origin})"
        )
