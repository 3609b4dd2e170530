"""Taking calendars away that nothing stands on: no counter, no trigger, no promise."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from core.db import db
from core.i18n import _, locale
from desk import catalog, events, history, settings
from desk.automation import library
from desk.errors import Invalid
from models import Calendar, CounterPolicyVersion, Participant

FIELD = "now"  # of conditions that ask for working hours


def remove_calendar(calendar: Calendar, *, by: Participant) -> None:
    """Invalid with the names of what needs it."""
    users = list(users_of(calendar))
    if users:
        text = _("It can't be deleted, this needs it: %(names)s.", names=", ".join(users))
        raise Invalid(text, "delete")
    data = {"what": "calendar_deleted", "id": calendar.id, "name": calendar.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.delete(calendar)
    db.session.flush()
    catalog.changed()


def users_of(calendar: Calendar) -> Iterator[str]:
    """Counters that stand or stood on it, what asks whether it has working hours, the promises."""
    versions = db.session.scalars(
        select(CounterPolicyVersion).order_by(CounterPolicyVersion.policy_id)
    ).all()
    needing = {
        each.policy_id: each.policy
        for each in versions
        if each.calendar_id == calendar.id or _names(each.conditions, calendar.id)
    }
    for policy in needing.values():
        yield _("the counter “%(name)s”", name=policy.name_in(locale()))
    in_force = library.versions_in_force()
    for rule in library.rules():
        if rule.id in in_force and _names(in_force[rule.id].definition, calendar.id):
            yield _("the trigger “%(name)s”", name=rule.name)
    if settings.get("calendar") == calendar.key:
        yield _("the promised time of an answer")


def _names(stored: object, calendar_id: int) -> bool:
    """Whether a definition asks for the hours of this calendar, sound or not."""
    if isinstance(stored, Mapping):
        asks = stored.get("field") == FIELD and stored.get("value") == calendar_id
        return asks or any(_names(each, calendar_id) for each in stored.values())
    return isinstance(stored, list) and any(_names(each, calendar_id) for each in stored)
