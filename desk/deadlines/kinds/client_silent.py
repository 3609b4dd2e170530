"""The client does not react to our answer."""

from core.i18n import N_
from desk.deadlines.kinds.happened import client_stirred, is_answered
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case


def _answered(case: Case, happened: Happened, options: Options) -> bool:
    return is_answered(happened)


def _reacted(case: Case, happened: Happened, options: Options) -> bool:
    return client_stirred(happened)


KIND = Kind(
    key="client_silent",
    label=N_("No activity of the client"),
    explained=N_("Starts anew with each answer of ours, stops when the client does something."),
    waits=N_("If the client does not react to our answer for %(limit)s of working time"),
    starts=_answered,
    stops=_reacted,
    starts_anew=True,
    recurs=True,
    is_measured=False,
)
