"""The language of the conversation."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import LANGUAGES


class Language(Field):
    key = "locale"
    section = "client"
    label = N_("Language")
    position = 160
    type = LANGUAGES
