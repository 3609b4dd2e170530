"""Taking away what nothing stands on: calendars that nobody needs, counters that never ran."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import delete, func, select

from core.db import db
from core.i18n import _, locale
from desk import catalog, events, history, revision, settings
from desk.automation import library
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.fields.counter import Policies
from desk.errors import Invalid
from models import Calendar, Counter, CounterPolicy, CounterPolicyVersion, Participant

ASK_FOR_HOURS = {"now"}


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
        if each.calendar_id == calendar.id or _names(each.conditions, calendar.id, ASK_FOR_HOURS)
    }
    for policy in needing.values():
        yield _("the counter “%(name)s”", name=policy.name_in(locale()))
    yield from _triggers(calendar.id, ASK_FOR_HOURS)
    if settings.get("calendar") == calendar.key:
        yield _("the promised time of an answer")


def remove_policy(policy: CounterPolicy, *, by: Participant) -> None:
    """With its versions. Invalid when it ran on a ticket, is on (one may be starting it just now),
    or with the names of what needs it."""
    ran = db.session.scalar(select(func.count()).where(Counter.policy_id == policy.id))
    if ran:
        text = _("It can't be deleted, it ran on tickets, and what it counted stays.")
        raise Invalid(text, "delete")
    if policy.is_active:
        raise Invalid(_("It can't be deleted while it is on: switch it off first."), "delete")
    users = [*_counters(policy), *_triggers(policy.id, _asking_for_counters())]
    if users:
        text = _("It can't be deleted, this needs it: %(names)s.", names=", ".join(users))
        raise Invalid(text, "delete")
    data = {"what": "counter_deleted", "id": policy.id, "name": policy.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.execute(
        delete(CounterPolicyVersion).where(CounterPolicyVersion.policy_id == policy.id)
    )
    db.session.delete(policy)
    db.session.flush()
    revision.bump("policies")


def _counters(named: CounterPolicy) -> Iterator[str]:
    """Others that set it going or ask for it."""
    keys = _asking_for_counters()
    current = select(CounterPolicyVersion).join(CounterPolicyVersion.policy)
    current = current.where(
        CounterPolicyVersion.number == CounterPolicy.version_number, CounterPolicy.id != named.id
    )
    for each in db.session.scalars(current.order_by(CounterPolicy.id)):
        if _names([each.conditions, each.steps], named.id, keys):
            yield _("the counter “%(name)s”", name=each.policy.name_in(locale()))


def _asking_for_counters() -> set[str]:
    """Fields and actions whose value is a counter."""
    fields = {key for key, field in FIELDS.items() if _of_counters(field.type)}
    return fields | {
        key for key, each in ACTIONS.items() if any(_of_counters(one.type) for one in each.params)
    }


def _of_counters(kind: object) -> bool:
    return isinstance(getattr(kind, "one", kind), Policies)


def _triggers(number: int, keys: Collection[str]) -> Iterator[str]:
    in_force = library.versions_in_force()
    for rule in library.rules():
        if rule.id in in_force and _names(in_force[rule.id].definition, number, keys):
            yield _("the trigger “%(name)s”", name=rule.name)


def _names(stored: object, number: int, keys: Collection[str]) -> bool:
    """Whether a condition or action of these keys has this value, sound or not."""
    if isinstance(stored, Mapping):
        value = stored.get("value")
        is_it = value == number or (isinstance(value, list) and number in value)
        asks = is_it and (stored.get("field") in keys or stored.get("do") in keys)
        return asks or any(_names(each, number, keys) for each in stored.values())
    return isinstance(stored, list) and any(_names(each, number, keys) for each in stored)
