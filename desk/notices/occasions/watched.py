"""Something happened to a ticket that I watch."""

from collections.abc import Iterable

from core.i18n import N_
from desk import events, watching
from desk.catalog import catalog
from desk.notices.occasion import APP, Occasion
from models import Case, Staff

HEARD = (events.ClientReplied, events.AgentReplied, events.NoteAdded, events.StatusChanged)


class Watched(Occasion):
    key = "watched"
    position = 6
    label = N_("News of a ticket that I watch")
    explained = N_("The client or a colleague wrote, a note came, the status changed.")
    icon = "eye"
    title = N_("News of No. %(number)s, which you watch")
    usual = (APP,)
    weight = 0
    folds = True

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        if not isinstance(event, HEARD):
            return ()
        known = catalog().staff
        people = watching.watchers(case.id) - {case.assignee_id}
        return [known[each] for each in sorted(people) if each in known]
