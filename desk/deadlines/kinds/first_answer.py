"""The client has not been answered yet."""

from core.i18n import N_
from desk.deadlines.kinds.happened import is_answered, is_new
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case


def _arrived(case: Case, happened: Happened, options: Options) -> bool:
    return is_new(happened)


def _answered(case: Case, happened: Happened, options: Options) -> bool:
    return is_answered(happened)


KIND = Kind(
    key="first_answer",
    label=N_("First answer"),
    explained=N_("Starts with the ticket, stops with our first answer to the client."),
    waits=N_("If the client gets no first answer within %(limit)s of working time"),
    starts=_arrived,
    stops=_answered,
    needs_deed=True,
)
