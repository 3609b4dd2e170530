"""What is wrong with parts of definitions, as sentences, for others who keep such parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.i18n import _
from desk.automation import templates
from desk.automation.action import Param
from desk.automation.actions import ACTIONS
from desk.automation.definition import Problem, problems_of_group, problems_of_then


def problems_of_actions(actions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Empty when they can be run and saved."""
    found = problems_of_then(actions) or problems_of_texts(actions)
    return [problem.message for problem in found]


def problems_of_texts(actions: Sequence[Mapping[str, Any]], path: str = "then") -> list[Problem]:
    """Of sound actions: braces that mean nothing. Asked on saving; what was saved before runs."""
    return [
        Problem(f"{path}.{at}", message)
        for at, stored in enumerate(actions)
        for param in ACTIONS[stored["do"]].params
        if param.matters(stored)
        for text in _texts(stored.get(param.name, param.blank))
        for message in _wrong(param, text)
    ]


def _wrong(param: Param, text: str) -> Iterator[str]:
    if param.has_placeholders and (braces := templates.stray(text)):
        yield _("“%(braces)s” stands alone: a variable looks like {{ company }}.", braces=braces)
    elif not param.has_placeholders and (braces := templates.braces(text)):
        yield _("“%(braces)s”: no variables are put in here.", braces=braces)


def _texts(value: Any) -> list[str]:
    """All that is written in a value."""
    if isinstance(value, Mapping):
        return list(map(str, value.values()))
    return list(map(str, value)) if isinstance(value, list) else [str(value)]


def problems_of_conditions(group: Mapping[str, Any]) -> list[str]:
    """Empty when they can be asked; no conditions at all are fine."""
    return [problem.message for problem in problems_of_group(group, "if")] if group else []
