"""Nobody takes what came in."""

from core.i18n import N_
from desk.deadlines.kinds.happened import is_new, is_reopened, is_taken
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case


def _arrived(case: Case, happened: Happened, options: Options) -> bool:
    return is_new(happened) or is_reopened(happened)


def _taken(case: Case, happened: Happened, options: Options) -> bool:
    return is_taken(happened)


KIND = Kind(
    key="no_answer",
    label=N_("No answer"),
    explained=N_(
        "Starts when a ticket arrives or is opened again, stops when somebody takes it into work."
    ),
    waits=N_("If nobody takes a ticket into work within %(limit)s of working time"),
    starts=_arrived,
    stops=_taken,
)
