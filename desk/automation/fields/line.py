"""The line of support it is on."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.subjects import TICKET
from desk.automation.types import LineType


class LineField(Field):
    key = "line"
    label = N_("Line")
    position = 40
    subjects = (TICKET,)
    type = LineType()
    has_history = True
