"""Finds the commands in this folder and runs the one that was named."""

import importlib
import pkgutil

import click

import commands
from commands import click_texts
from commands.terminal import choose_language
from core.i18n import _


class FolderOfCommands(click.Group):
    """A command `create-admin` is the function `create_admin` of commands/create_admin.py.

    Only the file of the named command is loaded, so starting one does not pay for the others.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        found = pkgutil.iter_modules(commands.__path__)
        names = [module.name.replace("_", "-") for module in found if module.name != "__main__"]
        return [name for name in sorted(names) if self.get_command(context, name)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        module = name.replace("-", "_")
        if importlib.util.find_spec(f"commands.{module}") is None:
            return None
        found = getattr(importlib.import_module(f"commands.{module}"), module, None)
        return found if isinstance(found, click.Command) else None


def main(arguments: list[str] | None = None) -> None:
    choose_language()
    click_texts.translate()
    group = FolderOfCommands(
        name="liniya",
        help=_("Liniya, a help desk. Each command explains itself: bin/liniya COMMAND --help"),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.main(arguments, prog_name="bin/liniya")


if __name__ == "__main__":
    main()
