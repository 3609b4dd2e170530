"""To whom a mail of a rule goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.i18n import N_
from desk.catalog import catalog
from models import Case, Participant

NO_ADDRESS = N_("there is no address")
NOBODY = {
    "assignee": N_("there is nobody to tell: the ticket has no assignee"),
    "group": N_("there is nobody to tell: the ticket has no group, or nobody is in it"),
    "head": N_("there is nobody to tell: the ticket has no group, or the group has no head"),
}


@dataclass(frozen=True)
class Recipient:
    """`is_client` decides which link is given, and that nothing internal is shown."""

    address: str
    locale: str
    zone: str | None = None
    is_client: bool = False
    participant: Participant | None = None


def recipients(to: str, address: str, case: Case) -> list[Recipient]:
    """Those who have an address, each once; empty when nobody is there to be told."""
    if to == "client":
        return _known([case.requester], is_client=True)
    if to == "address":
        return [Recipient(address, case.locale)] if address else []
    return _known(_colleagues(to, case))


def why_nobody(to: str, case: Case) -> str:
    """Why `recipients` are none, untranslated."""
    return NOBODY[to] if to in NOBODY and not _colleagues(to, case) else NO_ADDRESS


def _colleagues(to: str, case: Case) -> Sequence[Participant]:
    known = catalog().staff
    if to == "assignee":
        ids = [case.assignee_id or 0]
    elif to == "group":
        ids = list(catalog().members.get(case.group_id or 0, ()))
    else:
        group = catalog().groups.get(case.group_id or 0)
        ids = [group.head_id or 0] if group else []
    return [known[one] for one in ids if one in known and known[one].is_active]


def _known(people: Iterable[Participant], *, is_client: bool = False) -> list[Recipient]:
    found = [(person, person.email) for person in people]
    return [
        Recipient(email, person.locale, person.zone, is_client, person)
        for person, email in found
        if email
    ]
