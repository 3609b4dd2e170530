"""How much an agent may have in hand: their own limit, else that of their groups, else of all."""

from collections.abc import Iterable

from desk import settings
from desk.catalog import catalog
from desk.dispatcher import Channel, Limit, SetBy
from models import Group, Staff

OF_CHANNEL = {Channel.TICKET: "ticket_limit", Channel.DIALOG: "dialog_limit"}
HIGHEST = 99


def limit_of(person: Staff, channel: Channel, groups: Iterable[Group]) -> Limit:
    """Of several groups that have one, the lowest counts."""
    name = OF_CHANNEL[channel]
    own = getattr(person, name)
    if own is not None:
        return Limit(own, SetBy.AGENT)
    theirs = [getattr(group, name) for group in groups]
    said = [each for each in theirs if each is not None]
    if said:
        return Limit(min(said), SetBy.GROUP)
    return Limit(settings.get(name), SetBy.GLOBAL)


def limits_of(person: Staff) -> dict[str, Limit]:
    """{channel: limit}."""
    known = catalog()
    groups = [known.groups[each] for each in known.groups_of(person.id)]
    return {channel: limit_of(person, channel, groups) for channel in Channel}
