"""Ready triggers with their holes filled."""

from typing import Any

from desk.automation.actions import ACTIONS
from desk.automation.definition import conditions_in, known, problems_in, root_of


def filled_in(definition: dict[str, Any]) -> dict[str, Any]:
    """Each hole with the first thing that there is to choose."""
    for problem in problems_in(definition):
        root, *steps = problem.where.split(".")
        if root == "then":
            _fill_action(definition["then"][int(steps[0])])
        else:
            node = dict(conditions_in(root_of(definition)))[problem.where]
            field, operator = known(node)
            assert field is not None
            assert operator is not None
            first = field.type.options()[0][0]
            node["value"] = [first] if operator.shape == "many" else first  # type: ignore[index]
    return definition


def _fill_action(stored: dict[str, Any]) -> None:
    for param in ACTIONS[stored["do"]].params:
        if param.matters(stored) and stored[param.name] == param.blank:
            options = param.type.options()
            stored[param.name] = options[0][0] if options else "olga@kurier.example"
