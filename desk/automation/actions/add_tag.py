"""Put tags on a case."""

from typing import Any

from core.i18n import N_
from desk import tags
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.types import Tags


class AddTag(Action):
    key = "add_tag"
    label = N_("Add tags")
    phrase = N_("tag + %(value)s")
    position = 80
    params = (Param("value", N_("Tags"), "names", Tags()),)
    writes = ("tags",)
    overwrites = False

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        known, added = facts["tags"] or (), {*map(tags.clean_tag, stored["value"])}
        return {} if added.issubset(known) else {"tags": sorted(added.union(known))}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tags.add_tags(doing.case, stored["value"])
        return ()
