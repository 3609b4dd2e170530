"""The business or brand."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Choice


class Direction(Field):
    key = "direction"
    label = N_("Direction")
    position = 90
    type = Choice("direction")
    has_history = True
