"""What kind of work it is."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.subjects import TICKET
from desk.automation.types import Choice


class TypeField(Field):
    key = "type"
    label = N_("Type")
    position = 50
    subjects = (TICKET,)
    type = Choice("type")
    has_history = True
