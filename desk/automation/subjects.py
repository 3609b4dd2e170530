"""What rules are about, tickets or dialogs, and what they call the events of each.

The log keeps the same events for both. A rule on dialogs listens to names of its own, which begin
with "dialog_": so a rule says by its events what it is about.
"""

from collections.abc import Iterable

from core.i18n import N_
from desk import events
from desk.catalog import catalog
from models import Case, Dialog, StatusCategory

TICKET, DIALOG = "ticket", "dialog"
BOTH = (TICKET, DIALOG)
NAMES = {TICKET: N_("tickets"), DIALOG: N_("dialogs")}

CREATED = ("ticket_created", "dialog_created")
NOT_AN_UPDATE = (*CREATED, "counter_fired", "sender_confirmed", *events.TURNED)
UPDATED = "ticket_updated"  # virtual: any change or message
CLOSED = "dialog_closed"

# How rules on dialogs name what happened, and its name for people.
OF_DIALOGS = {
    "dialog_created": "dialog_created",
    "assignee_changed": "dialog_assignee_changed",
    "group_changed": "dialog_group_changed",
    "client_replied": "dialog_message",
    "agent_replied": "dialog_message",
}
DIALOG_LABELS = {
    "dialog_created": N_("Dialog created"),
    "dialog_message": N_("New message in a dialog"),
    "dialog_assignee_changed": N_("Assignee of a dialog changed"),
    "dialog_group_changed": N_("Group of a dialog changed"),
    CLOSED: N_("Dialog closed"),
}
_OVER = (StatusCategory.SOLVED, StatusCategory.CLOSED)


def subject_of(case: Case) -> str:
    return DIALOG if isinstance(case, Dialog) else TICKET


def subjects_of(kinds: Iterable[str]) -> set[str]:
    """What a rule that listens to these is about; a sound one is about one of them."""
    return {DIALOG if kind in DIALOG_LABELS else TICKET for kind in kinds}


def kinds_of(event: events.Event, subject: str) -> tuple[str, ...]:
    """The names by which rules may listen to an event of a case."""
    if subject == DIALOG:
        return _of_dialog(event)
    return (event.kind,) if event.kind in NOT_AN_UPDATE else (event.kind, UPDATED)


def told_as(kind: str, subject: str) -> tuple[str, ...]:
    """The names by which rules may listen to an event of this kind of such a case; a change of
    status may close a dialog."""
    if subject != DIALOG:
        return (kind,)
    if kind == "status_changed":
        return (CLOSED,)
    return (OF_DIALOGS[kind],) if kind in OF_DIALOGS else ()


def logged(kinds: Iterable[str]) -> set[str]:
    """The kinds of the events in the log that may be meant."""
    wanted = set(kinds)
    found = {kind for kind, name in OF_DIALOGS.items() if name in wanted}
    return found | ({"status_changed"} if CLOSED in wanted else set())


def _of_dialog(event: events.Event) -> tuple[str, ...]:
    if isinstance(event, events.StatusChanged):
        before, after = (_category(number) for number in event.changes["status"])
        return (CLOSED,) if after in _OVER and before not in _OVER else ()
    name = OF_DIALOGS.get(event.kind)
    return (name,) if name else ()


def _category(status_id: int | None) -> str:
    row = catalog().statuses.get(status_id or 0)
    return row.category if row else ""
