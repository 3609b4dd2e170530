"""What it is about."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Choice


class Topic(Field):
    key = "topic"
    label = N_("Topic")
    position = 60
    type = Choice("topic")
    has_history = True
