"""Take tags off a case."""

from typing import Any

from core.i18n import N_
from desk import tags
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.types import Tags


class RemoveTag(Action):
    key = "remove_tag"
    label = N_("Remove tags")
    phrase = N_("tag − %(value)s")
    position = 90
    params = (Param("value", N_("Tags"), "names", Tags()),)
    writes = ("tags",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        gone = {tags.clean_tag(name) for name in stored["value"]}
        return {"tags": [name for name in facts["tags"] or () if name not in gone]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tags.remove_tags(doing.case, stored["value"])
        return ()
