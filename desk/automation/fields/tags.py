"""The tags, by name."""

from core.i18n import N_
from desk.automation.field import Field
from desk.automation.types import Tags


class TagsField(Field):
    key = "tags"
    label = N_("Tags")
    position = 80
    type = Tags()
    has_history = True
