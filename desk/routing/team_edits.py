"""What heads change about people on the board: limits, and presence of who forgot it. Recorded."""

from core import clock
from core.db import db
from core.i18n import _
from desk import access, catalog, events, history, preferences
from desk.dispatcher import Channel
from desk.errors import Invalid, NotFound
from desk.routing.limits import HIGHEST, OF_CHANNEL
from desk.routing.wanted import hand_out_later
from models import Staff


def colleague(number: int) -> Staff:
    """For a change, held until the end of the unit. NotFound for who does not work here."""
    person = db.session.get(Staff, number, with_for_update=True) if number < 2**31 else None
    if person is None or not person.is_active:
        raise NotFound(_("There is no such colleague."))
    return person


def set_limit(person: Staff, channel: Channel, slots: int | None, *, by: Staff) -> bool:
    """None = that of the groups, else of the company. Invalid when it can't be."""
    access.demand(by, "team.edit")
    name = OF_CHANNEL[channel]
    if slots is not None and not 0 <= slots <= HIGHEST:
        raise Invalid(_("A limit is from 0 to %(n)s.", n=HIGHEST), name)
    before = getattr(person, name)
    if before == slots:
        return False
    setattr(person, name, slots)
    data = {"what": name, "id": person.id, "name": person.name, "before": before, "after": slots}
    history.record(events.SettingsChanged, by=by, data=data)
    catalog.changed()
    hand_out_later(catalog.catalog().groups_of(person.id))
    return True


def set_presence(person: Staff, presence: str, *, by: Staff) -> None:
    """Of somebody else, who forgot it. Invalid for an unknown word."""
    access.demand(by, "team.edit")
    before = person.presence
    preferences.be_present(person, presence)
    data = {"what": "presence", "id": person.id, "name": person.name, "before": before}
    at = clock.now().isoformat()
    history.record(events.SettingsChanged, by=by, data={**data, "after": presence, "at": at})
