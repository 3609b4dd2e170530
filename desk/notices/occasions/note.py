"""A colleague, a rule or a counter left a note on a ticket of mine."""

from collections.abc import Iterable

from core.i18n import N_
from desk import events
from desk.notices.occasion import Occasion, assignee_of
from models import Case, Staff


class NewNote(Occasion):
    key = "note"
    position = 5
    label = N_("A new note on my ticket")
    icon = "sticky-note"
    title = N_("New note on No. %(number)s")
    folds = True

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        person = assignee_of(case)
        return [person] if isinstance(event, events.NoteAdded) and person else ()
