"""What is wrong with parts of definitions, as sentences, for others who keep such parts."""

from collections.abc import Mapping, Sequence
from typing import Any

from desk.automation.definition import problems_of_group, problems_of_then


def problems_of_actions(actions: Sequence[Mapping[str, Any]]) -> list[str]:
    """Empty when they can be run."""
    return [problem.message for problem in problems_of_then(actions)]


def problems_of_conditions(group: Mapping[str, Any]) -> list[str]:
    """Empty when they can be asked; no conditions at all are fine."""
    return [problem.message for problem in problems_of_group(group, "if")] if group else []
