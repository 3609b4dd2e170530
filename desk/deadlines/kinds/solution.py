"""The ticket is not solved."""

from core.i18n import N_
from desk.deadlines.kinds.happened import is_new, is_reopened
from desk.deadlines.kinds.kind import Happened, Kind, Options, never
from models import Case


def _arrived(case: Case, happened: Happened, options: Options) -> bool:
    return is_new(happened) or is_reopened(happened)


KIND = Kind(
    key="solution",
    label=N_("Solution"),
    explained=N_("Starts with the ticket or when it is opened again, stops when it is solved."),
    waits=N_("If a ticket is not solved within %(limit)s of working time"),
    starts=_arrived,
    stops=never,
)
