"""The subject line."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Text


class SubjectLine(Field):
    key = "subject"
    label = N_("Subject")
    position = 110
    type = Text()
    has_history = True
