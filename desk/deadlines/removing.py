"""Taking away what nothing stands on: calendars that nobody needs, counters that never ran."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, exists, select

from core.db import db
from core.i18n import _
from desk import catalog, events, history, revision
from desk.deadlines.needed import User, users_of_calendar, users_of_policy
from desk.errors import Invalid
from models import Calendar, Counter, CounterPolicy, CounterPolicyVersion, Participant


class Kept(NamedTuple):
    """Why a counter can't be deleted: in words, and the others that need it."""

    why: str
    users: Sequence[User] = ()


def remove_calendar(calendar: Calendar, *, by: Participant) -> None:
    """Invalid with the names of what needs it."""
    users = list(users_of_calendar(calendar))
    if users:
        raise Invalid(_needed_by(users), "delete")
    data = {"what": "calendar_deleted", "id": calendar.id, "name": calendar.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.delete(calendar)
    db.session.flush()
    catalog.changed()


def remove_policy(policy: CounterPolicy, *, by: Participant) -> None:
    """With its versions. Invalid when something keeps it."""
    kept = what_keeps(policy)
    if kept is not None:
        raise Invalid(kept.why, "delete")
    data = {"what": "counter_deleted", "id": policy.id, "name": policy.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.execute(
        delete(CounterPolicyVersion).where(CounterPolicyVersion.policy_id == policy.id)
    )
    db.session.delete(policy)
    db.session.flush()
    revision.bump("policies")


def what_keeps(policy: CounterPolicy) -> Kept | None:
    """It ran on a ticket, others need it, or it is on: one may be starting it just now."""
    if db.session.scalar(select(exists().where(Counter.policy_id == policy.id))):
        return Kept(_("It can't be deleted, it ran on tickets, and what it counted stays."))
    users = list(users_of_policy(policy))
    if users:
        return Kept(_needed_by(users), users)
    if policy.is_active:
        return Kept(_("It can't be deleted while it is on: switch it off first."))
    return None


def _needed_by(users: Sequence[User]) -> str:
    names = ", ".join(each.said for each in users)
    return _("It can't be deleted, this needs it: %(names)s.", names=names)
