"""The status of a case."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Choice


class Status(Field):
    key = "status"
    label = N_("Status")
    position = 10
    type = Choice("status")
    has_history = True
