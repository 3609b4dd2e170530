"""Who clients see: a first name, or the company when the person's line is kept out of sight."""

from core.i18n import locale
from desk import settings
from desk.catalog import catalog
from models import Case, Participant, ParticipantKind, Staff

ACTS_FOR_US = (
    ParticipantKind.RULE,
    ParticipantKind.COUNTER,
    ParticipantKind.DISPATCHER,
    ParticipantKind.API_KEY,
)


def name_of(person: Participant) -> str:
    """How a client reads whoever wrote or works on the request."""
    if person.kind in ACTS_FOR_US or is_hidden(person):
        return company()
    return person.first_name if person.is_staff else person.name


def is_hidden(person: Participant, *, on: Case | None = None) -> bool:
    """Of a line that clients shall not see; `on` a case: or at work on one that lies there."""
    colleague = catalog().staff.get(person.id) if person.is_staff else None
    if not isinstance(colleague, Staff):
        return False
    return _is_out_of_sight(colleague.line) or (on is not None and _is_out_of_sight(on.line))


def _is_out_of_sight(line: int) -> bool:
    found = catalog().lines.get(line)
    return found is not None and found.hidden_from_clients


def company() -> str:
    name: str = settings.get(f"company_name_{locale()}")
    return name
