"""The occasions, one a file, in the order in which people choose among them."""

from desk.automation.registry import found_in
from desk.notices.occasion import Occasion

OCCASIONS: dict[str, Occasion] = found_in(__name__, __path__, Occasion)
