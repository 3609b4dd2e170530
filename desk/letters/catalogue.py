"""All letters by key: those to clients first, then those to the staff."""

from core.i18n import _
from desk.errors import NotFound
from desk.letters.kind import Kind
from desk.letters.to_clients import ANSWERED, CREATED, SOLVED
from desk.notices.kinds import DIGEST, TO_STAFF

KINDS: dict[str, Kind] = {
    each.key: each for each in (CREATED, ANSWERED, SOLVED, *TO_STAFF.values(), DIGEST)
}


def kind_for(key: str) -> Kind:
    """NotFound for a letter that the product does not write."""
    if key not in KINDS:
        raise NotFound(_("There is no such letter."))
    return KINDS[key]
