"""Started and stopped by events of choice."""

from core.i18n import N_
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case

BY_TRIGGER = "trigger"  # stands among the events for none: it is done by a trigger or a step


def _has_started(case: Case, happened: Happened, options: Options) -> bool:
    return any(event.kind in options.get("starts", ()) for event in happened)


def _has_stopped(case: Case, happened: Happened, options: Options) -> bool:
    return any(event.kind in options.get("stops", ()) for event in happened)


KIND = Kind(
    key="custom",
    label=N_("Own start and stop"),
    explained=N_("Starts and stops with the events that you choose; each is a clock of its own."),
    waits=N_("If between its start and its stop more than %(limit)s of working time pass"),
    starts=_has_started,
    stops=_has_stopped,
    is_one=False,
)
