"""Started and stopped by events of choice."""

from core.i18n import N_
from desk import events
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case

BY_TRIGGER = "trigger"  # stands among the events for none: it is done by a trigger or a step


def became(status_id: int) -> str:
    """The name of the event that a status became this one."""
    return f"{events.StatusChanged.kind}:{status_id}"


def _has_started(case: Case, happened: Happened, options: Options) -> bool:
    starts = options.get("starts", ())
    return any(name in starts for event in happened for name in _names(event))


def _has_stopped(case: Case, happened: Happened, options: Options) -> bool:
    return any(_stops(event, options) for event in happened)


def _stops(event: events.CaseEvent, options: Options) -> bool:
    """With the status “waiting” as its start and any change of status as its end, becoming
    “waiting” does not end it."""
    names = _names(event)
    names = names[-1:] if names[-1] in options.get("starts", ()) else names
    return any(name in options.get("stops", ()) for name in names)


def _names(event: events.CaseEvent) -> tuple[str, ...]:
    """What it may be chosen by, the most exact one last."""
    if not isinstance(event, events.StatusChanged):
        return (event.kind,)
    return event.kind, became(event.changes["status"][1])


KIND = Kind(
    key="custom",
    label=N_("Own start and stop"),
    explained=N_("Starts and stops with the events that you choose; each is a clock of its own."),
    waits=N_("If between its start and its stop more than %(limit)s of working time pass"),
    starts=_has_started,
    stops=_has_stopped,
    is_one=False,
    recurs=True,
)
