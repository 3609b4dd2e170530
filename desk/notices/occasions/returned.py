"""A ticket that was done is open again."""

from collections.abc import Iterable

from core.i18n import N_
from desk import events
from desk.catalog import catalog
from desk.notices.occasion import Occasion, assignee_of, members_of
from models import Case, Staff, StatusCategory

DONE = (StatusCategory.SOLVED, StatusCategory.CLOSED)


class Returned(Occasion):
    key = "returned"
    position = 6
    label = N_("A solved ticket came back")
    explained = N_("My ticket was open again, by the client or by a colleague.")
    icon = "undo-2"
    title = N_("Open again: No. %(number)s")
    weight = 0

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        if not isinstance(event, events.StatusChanged) or not case.is_open:
            return ()
        before = catalog().statuses.get(event.changes["status"][0] or 0)
        if before is None or before.category not in DONE:
            return ()
        person = assignee_of(case)
        return [person] if person else members_of(case)
