"""What refers to a group, so that it can't be deleted."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import exists, func, or_, select

from core.db import db
from core.i18n import _, locale, ngettext
from desk.automation import library
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.types import Choice
from desk.catalog import catalog
from models import (
    Case,
    CounterEpisode,
    CounterPolicy,
    CounterPolicyVersion,
    EventRecord,
    Group,
    Passing,
    Routing,
)

# Events of cases that tell a group: the first one of each tells every field.
TELLING = ("ticket_created", "dialog_created", "group_changed")


def users_of(group: Group) -> list[str]:
    """In words, in the reader's language; the past only where nothing present refers to it."""
    present = [*_cases(group), *_groups(group), *_triggers(group), *_counters(group)]
    return present or ([_("the history of requests")] if _is_in_the_past(group) else [])


def _cases(group: Group) -> Iterator[str]:
    query = select(func.count()).select_from(Case).where(Case.group_id == group.id)
    count = db.session.scalar(query) or 0
    if count:
        yield ngettext("%(num)s request in it", "%(num)s requests in it", count)


def _groups(group: Group) -> Iterator[str]:
    for other in catalog().groups.values():
        if other.overflow_to_id == group.id:
            yield _("the group “%(name)s”, which overflows into it", name=other.name)


def _triggers(group: Group) -> Iterator[str]:
    in_force = library.versions_in_force()
    for rule in library.rules():
        if rule.id in in_force and _names(in_force[rule.id].definition, group.id):
            yield _("the trigger “%(name)s”", name=rule.name)


def _counters(group: Group) -> Iterator[str]:
    current = select(CounterPolicyVersion).join(CounterPolicyVersion.policy)
    current = current.where(CounterPolicyVersion.number == CounterPolicy.version_number)
    for each in db.session.scalars(current.order_by(CounterPolicy.id)):
        if any(_names(part, group.id) for part in (each.conditions, each.steps)):
            yield _("the counter “%(name)s”", name=each.policy.name_in(locale()))


def _names(stored: object, number: int) -> bool:
    """Whether a condition or an action on groups has this one, sound or not."""
    if isinstance(stored, Mapping):
        asks = stored.get("field") in _FIELDS or stored.get("do") in _ACTIONS
        if asks and number in _numbers(stored.get("value")):
            return True
        return any(_names(each, number) for each in stored.values())
    return isinstance(stored, list) and any(_names(each, number) for each in stored)


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _numbers(each)


def _is_of_groups(kind: object) -> bool:
    return isinstance(kind, Choice) and kind.name == "group"


_FIELDS = {key for key, field in FIELDS.items() if _is_of_groups(field.type)}
_ACTIONS = {
    key for key, each in ACTIONS.items() if any(_is_of_groups(one.type) for one in each.params)
}


def _is_in_the_past(group: Group) -> bool:
    passed = or_(Passing.from_group_id == group.id, Passing.to_group_id == group.id)
    pair = EventRecord.changes["group"]
    told = or_(pair[0].as_integer() == group.id, pair[1].as_integer() == group.id)
    questions = (
        exists().where(Routing.group_id == group.id),
        exists().where(CounterEpisode.group_id == group.id),
        exists().where(passed),
        exists().where(EventRecord.kind.in_(TELLING), told),
    )
    return any(db.session.scalar(select(one)) for one in questions)
