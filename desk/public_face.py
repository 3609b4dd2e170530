"""Who clients see: a first name, or the company when the person's line is kept out of sight."""

from core.i18n import locale
from desk import settings
from desk.catalog import catalog
from models import Participant, ParticipantKind, Staff

ACTS_FOR_US = (ParticipantKind.RULE, ParticipantKind.COUNTER, ParticipantKind.API_KEY)


def name_of(person: Participant) -> str:
    """How a client reads whoever wrote or works on the request."""
    if person.kind in ACTS_FOR_US or is_hidden(person):
        return company()
    return person.first_name if person.is_staff else person.name


def is_hidden(person: Participant) -> bool:
    colleague = catalog().staff.get(person.id) if person.is_staff else None
    if not isinstance(colleague, Staff):
        return False
    line = catalog().lines.get(colleague.line)
    return line is not None and line.hidden_from_clients


def company() -> str:
    name: str = settings.get(f"company_name_{locale()}")
    return name
