"""What stands on a calendar or names a counter: counters, triggers, the promise of an answer."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import select

from core.db import db
from core.i18n import N_, _, locale
from desk import settings
from desk.automation import library
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.fields.counter import Policies
from models import Calendar, CounterPolicy, CounterPolicyVersion

ASK_FOR_HOURS = {"now"}
COUNTER, EARLIER, TRIGGER, PROMISE = "counter", "earlier", "trigger", "promise"
SAID = {
    COUNTER: N_("the counter “%(name)s”"),
    EARLIER: N_("an earlier version of the counter “%(name)s”, by which its past was counted"),
    TRIGGER: N_("the trigger “%(name)s”"),
    PROMISE: N_("the promised time of an answer"),
}


class User(NamedTuple):
    """What needs it; `kind` = a key of SAID."""

    kind: str
    id: int = 0
    name: str = ""

    @property
    def said(self) -> str:
        return _(SAID[self.kind], name=self.name)


def users_of_calendar(calendar: Calendar) -> Iterator[User]:
    """Counters that stand or stood on it, what asks whether it has working hours, the promises."""
    order = CounterPolicyVersion.policy_id, CounterPolicyVersion.number  # the newest stays
    versions = db.session.scalars(select(CounterPolicyVersion).order_by(*order)).all()
    needing = {
        each.policy_id: each
        for each in versions
        if each.calendar_id == calendar.id or _names(each.conditions, calendar.id, ASK_FOR_HOURS)
    }
    for version in needing.values():
        is_current = version.number == version.policy.version_number
        policy = version.policy
        yield User(COUNTER if is_current else EARLIER, policy.id, policy.name_in(locale()))
    yield from _triggers(calendar.id, ASK_FOR_HOURS)
    if settings.get("calendar") == calendar.key:
        yield User(PROMISE)


def users_of_policy(named: CounterPolicy) -> Iterator[User]:
    """Counters and triggers that set it going or ask for it."""
    keys = _asking_for_counters()
    current = select(CounterPolicyVersion).join(CounterPolicyVersion.policy)
    current = current.where(
        CounterPolicyVersion.number == CounterPolicy.version_number, CounterPolicy.id != named.id
    )
    for each in db.session.scalars(current.order_by(CounterPolicy.id)):
        if _names([each.conditions, each.steps], named.id, keys):
            yield User(COUNTER, each.policy_id, each.policy.name_in(locale()))
    yield from _triggers(named.id, keys)


def _asking_for_counters() -> set[str]:
    """Fields and actions whose value is a counter."""
    fields = {key for key, field in FIELDS.items() if _of_counters(field.type)}
    return fields | {
        key for key, each in ACTIONS.items() if any(_of_counters(one.type) for one in each.params)
    }


def _of_counters(kind: object) -> bool:
    return isinstance(getattr(kind, "one", kind), Policies)


def _triggers(number: int, keys: Collection[str]) -> Iterator[User]:
    in_force = library.versions_in_force()
    for rule in library.rules():
        if rule.id in in_force and _names(in_force[rule.id].definition, number, keys):
            yield User(TRIGGER, rule.id, rule.name)


def _names(stored: object, number: int, keys: Collection[str]) -> bool:
    """Whether a condition or action of these keys has this value, sound or not."""
    if isinstance(stored, Mapping):
        value = stored.get("value")
        is_it = value == number or (isinstance(value, list) and number in value)
        asks = is_it and (stored.get("field") in keys or stored.get("do") in keys)
        return asks or any(_names(each, number, keys) for each in stored.values())
    return isinstance(stored, list) and any(_names(each, number, keys) for each in stored)
