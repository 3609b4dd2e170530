"""What click itself says, in our two languages: left alone, it knows no catalogue of ours."""

import sys

from core.i18n import N_, _

TEXTS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("Show this message and exit."),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing option"),
    N_("Missing argument"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Error: The two entered values do not match."),
)


def translate() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("click.") and hasattr(module, "_"):
            vars(module)["_"] = _
