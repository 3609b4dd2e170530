"""The shapes of values, by key."""

from desk.automation.registry import found_in
from desk.automation.shape import Shape

SHAPES: dict[str, Shape] = found_in(__name__, __path__, Shape)
