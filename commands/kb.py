"""Articles as files: out as Markdown, in from Markdown, HTML and CSV."""

from collections.abc import Iterator
from pathlib import Path

import click

from commands.terminal import Refusal, data_option, opened, settings
from core import migrations
from core.bus import unit_of_work
from core.i18n import _
from desk import faq_files
from desk.errors import Invalid
from desk.faq_files.reading import LARGEST

KINDS = (".md", ".markdown", ".html", ".htm", ".csv")


@click.group(help=_("Articles of the FAQ as files: export them, or import such files."))
def kb() -> None:
    """The verbs are below."""


@kb.command("export", help=_("Write all articles into FOLDER as Markdown, a folder a section."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@data_option
def export_articles(folder: Path, data: Path | None) -> None:
    number = 0
    with opened(settings(data)):
        _demand_migrated()
        with unit_of_work(writes=False):
            for path, text in faq_files.files():
                try:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    (folder / path).write_text(text, encoding="utf-8")
                except OSError as error:
                    raise Refusal(
                        _("%(file)s can't be written: %(why)s", file=folder / path, why=error)
                    ) from error
                number += 1
        click.echo(_("Files written: %(n)s.", n=number))


@kb.command("import", help=_("Bring in the articles of SOURCE: a folder, .zip, .md, .html, .csv."))
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--dry-run", is_flag=True, help=_("Say what would change and change nothing."))
@data_option
def import_articles(source: Path, dry_run: bool, data: Path | None) -> None:
    with opened(settings(data)):
        _demand_migrated()
        try:
            read = faq_files.read_files(_files(source))
        except Invalid as error:
            raise Refusal(str(error)) from error
        with unit_of_work():
            outcome = faq_files.bring_in(read.pieces, by=None, dry=dry_run)
        for name, why in (*read.problems, *outcome.problems):
            click.echo(f"! {name}: {why}", err=True)
        click.echo(
            _(
                "New: %(created)s, changed: %(changed)s, the same: %(same)s.",
                created=outcome.created,
                changed=outcome.changed,
                same=outcome.same,
            )
        )


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if source.is_dir():
            for path in sorted(source.rglob("*")):
                if path.is_file() and path.suffix.lower() in KINDS:
                    with path.open("rb") as opened_file:
                        yield path.relative_to(source).as_posix(), opened_file.read(LARGEST + 1)
        elif source.suffix.lower() == ".zip":
            yield from faq_files.unzipped(source.read_bytes())
        else:
            yield source.name, source.read_bytes()
    except OSError as error:
        raise Refusal(_("%(file)s can't be read: %(why)s", file=source, why=error)) from error


def _demand_migrated() -> None:
    if migrations.pending():
        raise Refusal(_("The database waits for migrations. Do them: bin/liniya migrate upgrade"))
