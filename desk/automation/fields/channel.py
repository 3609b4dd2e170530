"""The way it came in."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import CHANNELS


class Channel(Field):
    key = "channel"
    label = N_("Channel")
    position = 100
    type = CHANNELS
