"""Put tags on a case."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_
from desk import tags
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.types import Tags

TOO_MANY = N_("skipped: a ticket can't have more than 40 tags")


class AddTag(Action):
    key = "add_tag"
    label = N_("Add tags")
    phrase = N_("tag + %(value)s")
    position = 80
    params = (Param("value", N_("Tags"), "names", Tags(most=tags.MAX_TAGS)),)
    writes = ("tags",)
    overwrites = False

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        known, added = facts["tags"] or (), {*map(tags.clean_tag, stored["value"])}
        return {} if added.issubset(known) else {"tags": sorted(added.union(known))}

    def hindered(self, after: Mapping[str, Any]) -> str:
        return TOO_MANY if len(after["tags"]) > tags.MAX_TAGS else ""

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tags.add_tags(doing.case, stored["value"])
        return ()
