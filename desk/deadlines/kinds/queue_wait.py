"""The ticket lies in a queue and belongs to nobody."""

from core.i18n import N_
from desk import events
from desk.deadlines.kinds.happened import is_new, is_reopened
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case

INTO_A_QUEUE = (events.AssigneeChanged, events.GroupChanged)


def _queued(case: Case, happened: Happened, options: Options) -> bool:
    moved = any(isinstance(event, INTO_A_QUEUE) for event in happened)
    return case.assignee_id is None and (moved or is_new(happened) or is_reopened(happened))


def _assigned(case: Case, happened: Happened, options: Options) -> bool:
    return case.assignee_id is not None


KIND = Kind(
    key="queue_wait",
    label=N_("Queue wait"),
    explained=N_(
        "Starts when a ticket has no assignee, anew in each group, stops when it has one."
    ),
    waits=N_("If a ticket waits in a queue without an assignee for %(limit)s of working time"),
    starts=_queued,
    stops=_assigned,
    starts_anew=True,
    recurs=True,
)
