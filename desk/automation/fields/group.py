"""Whose queue it is in."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Choice


class Group(Field):
    key = "group"
    label = N_("Group")
    position = 30
    type = Choice("group")
    has_history = True
