"""Who is told what when something happened: answers to the client, notices to the staff.

Written at the end of a unit of work, when rules have had their say: whoever is the assignee then
hears of it once, however often the ticket changed hands on the way.
"""

from collections import defaultdict
from collections.abc import Sequence

from core import bus
from core.db import db
from desk import events
from desk.notices import answers, staff
from desk.notices.inbox import sweep
from desk.notices.limits import tell_of_limits
from desk.notices.waiting import send_waiting
from models import Case, Ticket

__all__ = ["send_waiting", "sweep", "tell_of_limits", "write_notices"]


@bus.at_end(stage=40)
def write_notices(happened: Sequence[events.Event]) -> None:
    by_case: dict[int, list[events.Event]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
        elif isinstance(event, staff.ABOUT_RULES):
            staff.tell_admins(event)
    cases = [(db.session.get_one(Case, number), its) for number, its in by_case.items()]
    for case, its in cases:
        for event in its:
            if isinstance(event, events.AgentReplied) and isinstance(case, Ticket):
                answers.answer_client(case, event)
    staff.tell_staff(cases)
