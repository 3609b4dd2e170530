"""A ticket became mine."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import N_
from desk import events
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion, assignee_of
from models import Case, Staff


class Assigned(Occasion):
    key = "assigned"
    position = 1
    label = N_("A ticket was given to me")
    icon = "user-check"
    title = N_("New work: No. %(number)s")
    usual = (APP, MAIL, DESKTOP)
    weight = 4

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        person = assignee_of(case)
        if not isinstance(event, events.AssigneeChanged) or person is None:
            return ()
        return [person] if event.changes["assignee"][1] == person.id else ()

    def holds_still(self, case: Case, person: Staff, data: Mapping[str, Any]) -> bool:
        return case.is_open and case.assignee_id == person.id
