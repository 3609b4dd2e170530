"""What is wrong with parts of definitions, as sentences, for others who keep such parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.i18n import _
from desk.automation import templates
from desk.automation.actions import ACTIONS
from desk.automation.definition import Problem, problems_of_group, problems_of_then


def problems_of_actions(actions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Empty when they can be run and saved."""
    found = problems_of_then(actions) or problems_of_texts(actions)
    return [problem.message for problem in found]


def problems_of_texts(actions: Sequence[Mapping[str, Any]], path: str = "then") -> list[Problem]:
    """Of sound actions: braces that mean nothing. Asked on saving; what was saved before runs."""
    return [
        Problem(
            f"{path}.{at}",
            _("“%(braces)s” stands alone: a variable looks like {{ company }}.", braces=braces),
        )
        for at, stored in enumerate(actions)
        for braces in filter(None, map(templates.stray, _texts(stored)))
    ]


def _texts(stored: Mapping[str, Any]) -> Iterator[str]:
    for param in ACTIONS[stored["do"]].params:
        if param.has_placeholders and param.matters(stored):
            value = stored.get(param.name, param.blank)
            yield from map(str, value.values() if isinstance(value, Mapping) else [value])


def problems_of_conditions(group: Mapping[str, Any]) -> list[str]:
    """Empty when they can be asked; no conditions at all are fine."""
    return [problem.message for problem in problems_of_group(group, "if")] if group else []
