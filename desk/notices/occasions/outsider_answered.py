"""An outsider answered a question that was asked on a ticket of mine."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.i18n import N_, _
from desk import events
from desk.notices.occasion import Occasion, assignee_of
from models import Case, Staff


class OutsiderAnswered(Occasion):
    key = "outsider_answered"
    position = 5
    label = N_("An outsider answered on my ticket")
    explained = N_("Somebody outside whom we had asked.")
    icon = "forward"
    title = N_("%(who)s, an outsider, answered on No. %(number)s")
    weight = 3
    folds = True

    def whom(self, case: Case, event: events.Event) -> Iterable[Staff]:
        person = assignee_of(case)
        return [person] if isinstance(event, events.OutsiderAnswered) and person else ()

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        return _(self.title, number=number, who=data["who"])
