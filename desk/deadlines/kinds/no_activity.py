"""Nothing happens."""

from core.i18n import N_
from desk.deadlines.kinds.happened import somebody_stirred
from desk.deadlines.kinds.kind import Happened, Kind, Options, never
from models import Case


def _stirred(case: Case, happened: Happened, options: Options) -> bool:
    return somebody_stirred(happened)


KIND = Kind(
    key="no_activity",
    label=N_("No activity"),
    explained=N_("Starts anew whenever somebody does something on the ticket."),
    waits=N_("If nothing happens on a ticket for %(limit)s of working time"),
    starts=_stirred,
    stops=never,
    starts_anew=True,
    recurs=True,
    is_measured=False,
)
