"""We do nothing."""

from core.i18n import N_
from desk.deadlines.kinds.happened import is_new, is_reopened, staff_stirred
from desk.deadlines.kinds.kind import Happened, Kind, Options, never
from models import Case


def _stirred(case: Case, happened: Happened, options: Options) -> bool:
    return is_new(happened) or is_reopened(happened) or staff_stirred(happened)


KIND = Kind(
    key="agent_silent",
    label=N_("No activity of agents"),
    explained=N_("Starts with the ticket, and anew whenever a colleague does something on it."),
    waits=N_("If no colleague does anything on a ticket for %(limit)s of working time"),
    starts=_stirred,
    stops=never,
    starts_anew=True,
    recurs=True,
    is_measured=False,
)
