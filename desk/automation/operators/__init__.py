"""The operators that conditions know, one file each."""

from desk.automation.operator import Operator
from desk.automation.registry import found_in
from desk.automation.types import ValueType

OPERATORS: dict[str, Operator] = found_in(__name__, __path__, Operator)


def operators_for(kind: ValueType, *, has_history: bool) -> list[Operator]:
    """Those that suit a field, in the order in which people choose."""
    return [each for each in OPERATORS.values() if each.suits(kind, has_history=has_history)]
