"""A ticket came into the queue of my group or to its next line, and nobody has it."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import N_
from desk import events
from desk.catalog import catalog
from desk.notices.occasion import Occasion, members_of
from models import Case, Staff


class GroupWork(Occasion):
    key = "group_work"
    position = 2
    label = N_("New in my group")
    explained = N_("A ticket without an assignee came into the queue of a group that I am in.")
    icon = "layers"
    title = N_("New in your group: No. %(number)s")
    weight = 2

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        group = catalog().groups.get(case.group_id or 0)
        if case.assignee_id is not None or group is None or group.mode:
            return ()  # what the dispatcher gives, whoever gets it is told of
        if isinstance(event, events.LineChanged):
            people = members_of(case)
            return [each for each in people if each.line == case.line] or people
        is_back = isinstance(event, events.AssigneeChanged)
        return members_of(case) if is_back or isinstance(event, events.GroupChanged) else ()

    def holds_still(self, case: Case, person: Staff, data: Mapping[str, Any]) -> bool:
        return case.is_open and case.assignee_id is None and person in members_of(case)
