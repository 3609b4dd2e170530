"""A colleague, a rule or a counter left a note on a ticket of mine."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import N_, _
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

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        """Rules and counters have no name."""
        if not data.get("who"):
            return super().sentence(number, data)
        return _("New note on No. %(number)s from %(who)s", number=number, who=data["who"])
