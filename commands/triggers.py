"""Triggers as a file with names instead of ids: out, and in after a look at what differs."""

import sys
from pathlib import Path

import click

from commands.terminal import Refusal, data_option, opened, settings
from core import migrations
from core.bus import unit_of_work
from core.i18n import LOCALES, _, locale, ngettext, use_locale
from desk import history
from desk.automation import exchange, schema
from desk.automation.exchange import Change
from desk.automation.pieces import plain
from desk.errors import Invalid
from desk.history import Cause
from desk.texts import decoded


@click.group(help=_("Triggers as a file: export them, or import such a file."))
def triggers() -> None:
    """The verbs are below."""


@triggers.command("export", help=_("Write all triggers to FILE, or to the screen."))
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@data_option
def export_triggers(file: Path | None, data: Path | None) -> None:
    with opened(settings(data)):
        _demand_migrated()
        with unit_of_work(writes=False):
            text = exchange.exported()
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refusal(_("%(file)s can't be written: %(why)s", file=file, why=error)) from error


@triggers.command("schema", help=_("Write the JSON Schema (2020-12) of a trigger's definition."))
@click.option("--language", type=click.Choice(LOCALES), help=_("Of the names in it."))
@data_option
def schema_of_triggers(language: str | None, data: Path | None) -> None:
    with opened(settings(data)):
        _demand_migrated()
        with unit_of_work(writes=False), use_locale(language or locale()):
            click.echo(schema.written(), nl=False)


@triggers.command("import", help=_("Take over the triggers of FILE (- = standard input)."))
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help=_("Say what would change and change nothing."))
@click.option("--states", is_flag=True, help=_("Take over the states too; else new are drafts."))
@data_option
def import_triggers(file: Path, dry_run: bool, states: bool, data: Path | None) -> None:
    text = _text(file)
    with opened(settings(data)):
        _demand_migrated()
        try:
            with unit_of_work(writes=not dry_run):
                found = exchange.changes(text)
                _tell(found)
                if dry_run:
                    return
                actor = history.actor_of(Cause())
                number = exchange.apply(found, by=actor, with_states=states)
        except Invalid as error:
            raise Refusal(str(error)) from error
        click.echo(ngettext("%(num)s trigger changed.", "%(num)s triggers changed.", number))


def _text(file: Path) -> str:
    try:
        return decoded(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        raise Refusal(_("%(file)s can't be read: %(why)s", file=file, why=error)) from error


def _tell(found: list[Change]) -> None:
    """Line by line what differs; nothing where all is the same."""
    different = [change for change in found if not change.is_same]
    for change in different:
        click.echo(f"{_mark(change)} {change.name}")
        for line in (*change.refusals, *change.hints):
            click.echo(f"    {line}")
        if change.rule:
            click.echo(f"  - {plain(change.before)}")
        if change.after:
            click.echo(f"  + {plain(change.after)}")
    if not different:
        click.echo(_("Nothing differs"))


def _mark(change: Change) -> str:
    if not change.is_sound:
        return "!"
    return "~" if change.rule else "+"


def _demand_migrated() -> None:
    if migrations.pending():
        raise Refusal(_("The database waits for migrations. Do them: bin/liniya migrate upgrade"))
