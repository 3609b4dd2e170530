"""A ticket came into the queue of my group, and nobody has it."""

from collections.abc import Iterable

from core.i18n import N_
from desk import events
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
        is_queued = isinstance(event, events.GroupChanged) and case.assignee_id is None
        return members_of(case) if is_queued else ()
