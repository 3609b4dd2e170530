"""To whom a mail of a rule goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.i18n import N_
from desk.automation.placeholder import Reader
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
    """`reader` decides which link is given, and that nothing internal leaves the house."""

    address: str
    locale: str
    zone: str | None = None
    reader: Reader = Reader.COLLEAGUE
    participant: Participant | None = None


def recipients(to: str, address: str, case: Case) -> list[Recipient]:
    """Those who have an address, each once; empty when nobody is there to be told."""
    if to == "client":
        return _known([case.requester], Reader.CLIENT)
    if to == "address":
        return _at(address, case) if address else []
    return _known(_colleagues(to, case))


def colleague_at(address: str) -> Participant | None:
    """The colleague in office whose address it is."""
    known = (each for each in catalog().staff.values() if each.is_active and each.email)
    return next((each for each in known if (each.email or "").lower() == address.lower()), None)


def _at(address: str, case: Case) -> list[Recipient]:
    """The client's own address is the client; who is nobody here is told nothing internal."""
    if colleague_at(address):
        return [Recipient(address, case.locale)]
    if address.lower() == (case.requester.email or "").lower():
        return _known([case.requester], Reader.CLIENT)
    return [Recipient(address, case.locale, reader=Reader.STRANGER)]


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


def _known(people: Iterable[Participant], reader: Reader = Reader.COLLEAGUE) -> list[Recipient]:
    found = [(person, person.email) for person in people]
    return [
        Recipient(email, person.locale, person.zone, reader, person)
        for person, email in found
        if email
    ]
