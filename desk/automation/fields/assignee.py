"""Who works on it."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Person


class Assignee(Field):
    key = "assignee"
    label = N_("Assignee")
    position = 20
    type = Person()
    has_history = True
