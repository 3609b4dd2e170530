"""The client wrote on a ticket of mine, or on one of my group that nobody has."""

from collections.abc import Iterable

from core.i18n import N_
from desk import events
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion, assignee_of, members_of
from models import Case, Staff


class ClientAnswered(Occasion):
    key = "client_answered"
    position = 3
    label = N_("The client answered")
    explained = N_("On my ticket, or on one of my group that nobody has.")
    icon = "message-circle"
    title = N_("The client wrote on No. %(number)s")
    usual = (APP, MAIL, DESKTOP)
    weight = 3
    folds = True

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        if not isinstance(event, events.ClientReplied):
            return ()
        person = assignee_of(case)
        return [person] if person else members_of(case)
