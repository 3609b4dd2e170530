"""The client wrote once more and waits."""

from core.i18n import N_
from desk.deadlines.kinds.happened import client_wrote, is_answered
from desk.deadlines.kinds.kind import Happened, Kind, Options
from models import Case


def _wrote_again(case: Case, happened: Happened, options: Options) -> bool:
    return client_wrote(happened) and case.first_answer_at is not None


def _answered(case: Case, happened: Happened, options: Options) -> bool:
    return is_answered(happened)


KIND = Kind(
    key="next_answer",
    label=N_("Next answer"),
    explained=N_(
        "Starts when the client writes after our first answer, stops when we answer. "
        "Further messages of the client do not start it anew."
    ),
    waits=N_("If the client's next message is not answered within %(limit)s of working time"),
    starts=_wrote_again,
    stops=_answered,
    needs_deed=True,
    recurs=True,
)
