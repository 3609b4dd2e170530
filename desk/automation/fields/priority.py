"""How much it presses."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import PriorityType


class Priority(Field):
    key = "priority"
    label = N_("Priority")
    position = 70
    type = PriorityType()
    has_history = True
