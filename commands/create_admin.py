"""Make somebody who may change everything."""

import sys
from pathlib import Path

import click
from sqlalchemy import select

from commands.init import prepare
from commands.terminal import Refusal, data_option, opened, settings
from core.bus import unit_of_work
from core.db import db
from core.i18n import _, locale
from desk import people
from desk.errors import Invalid
from models import Role, Staff


def exists() -> bool:
    query = select(Staff.id).where(Staff.role == Role.ADMIN, Staff.deactivated_at.is_(None))
    return db.session.scalars(query.limit(1)).first() is not None


def ask() -> None:
    """Make the first administrator from answers typed in this terminal."""
    click.echo(_("There is no administrator yet. Who will it be?"))
    name = click.prompt(_("Name"))
    email = click.prompt(_("E-mail"))
    make(name, email, _asked_password())


def make(name: str, email: str, password: str) -> None:
    try:
        with unit_of_work():
            people.new_staff(
                name=name, email=email, role=Role.ADMIN, password=password, locale=locale()
            )
    except Invalid as error:
        raise Refusal(str(error)) from error
    click.echo(_("%(name)s can sign in with %(email)s.", name=name, email=email))


def _asked_password() -> str:
    return str(click.prompt(_("Password"), hide_input=True, confirmation_prompt=_("Once more")))


@click.command(help=_("Make an administrator. The password is asked for, or read from a pipe."))
@click.option("--name", required=True, help=_("Full name."))
@click.option("--email", required=True, help=_("E-mail to sign in with."))
@data_option
def create_admin(name: str, email: str, data: Path | None) -> None:
    password = _asked_password() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    with opened(settings(data)):
        prepare()
        make(name, email, password)
