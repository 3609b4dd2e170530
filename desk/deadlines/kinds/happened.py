"""What a unit of work meant, in the words that kinds of counters are explained with."""

from desk import events
from desk.catalog import catalog
from desk.deadlines.kinds.kind import Happened
from models import Case, StatusCategory

BEGINNINGS = (events.TicketCreated, events.DialogCreated)


def is_new(happened: Happened) -> bool:
    return any(isinstance(event, BEGINNINGS) for event in happened)


def is_reopened(happened: Happened) -> bool:
    return any(_is_reopening(event) for event in happened)


def _is_reopening(event: events.CaseEvent) -> bool:
    if not isinstance(event, events.StatusChanged):
        return False
    return not _category(event.changes["status"][0]).is_open and is_open_after(event)


def is_open_after(event: events.CaseEvent) -> bool:
    """Of one that says which status the case got."""
    return _category(event.changes["status"][1]).is_open


def _category(status_id: int) -> StatusCategory:
    return StatusCategory(catalog().statuses[status_id].category)


def group_before(case: Case, happened: Happened) -> int | None:
    """The group in which the case lay until then."""
    moves = (event for event in happened if isinstance(event, events.GroupChanged))
    first = next(moves, None)
    before: int | None = case.group_id if first is None else first.changes["group"][0]
    return before


def is_answered(happened: Happened) -> bool:
    """A colleague, or a rule in our name, said something to the client."""
    return any(isinstance(event, events.AgentReplied) for event in happened)


def client_wrote(happened: Happened) -> bool:
    return any(isinstance(event, events.ClientReplied) for event in happened)


def is_taken(happened: Happened) -> bool:
    """A person of the staff took it into work: answered, took it for herself, or gave it a status.

    To give it to somebody else is to take nothing: whoever gets it may never look at it.
    """
    people = _staff_at_work(happened)
    return any(_is_taking(event) for event in happened if event.actor_id in people)


def _is_taking(event: events.CaseEvent) -> bool:
    if isinstance(event, events.AssigneeChanged):
        to: int | None = event.changes["assignee"][1]
        return to == event.actor_id
    if isinstance(event, events.StatusChanged):
        return _category(event.changes["status"][1]) != StatusCategory.NEW
    return isinstance(event, events.AgentReplied)


def staff_stirred(happened: Happened) -> bool:
    """A person of the staff did anything."""
    people = _staff_at_work(happened)
    return any(event.actor_id in people for event in happened if _is_by_a_person(event))


def client_stirred(happened: Happened) -> bool:
    """The client, or anybody else from outside, did anything; whom we had asked ourselves apart."""
    people = _staff_at_work(happened)
    theirs = (each for each in happened if not isinstance(each, events.OutsiderAnswered))
    return any(event.actor_id not in people for event in theirs if _is_by_a_person(event))


def _staff_at_work(happened: Happened) -> set[int]:
    """Without those under whose address a client's words came."""
    asked = {event.actor_id for event in happened if events.is_of_client(event.record)}
    return catalog().staff.keys() - asked


def somebody_stirred(happened: Happened) -> bool:
    return any(_is_by_a_person(event) for event in happened)


def _is_by_a_person(event: events.CaseEvent) -> bool:
    """Not by a rule and not by a counter; to open a page is to do nothing."""
    if isinstance(event, events.SenderConfirmed):
        return False
    return event.depth == 0 and event.record.cause_counter_id is None
