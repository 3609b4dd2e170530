"""The placeholders that texts may hold, one file each."""

from desk.automation.placeholder import Placeholder
from desk.automation.registry import found_in

PLACEHOLDERS: dict[str, Placeholder] = found_in(__name__, __path__, Placeholder)
