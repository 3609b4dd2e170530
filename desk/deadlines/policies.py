"""Counter policies, kept in memory, and how administrators change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import db
from core.i18n import locale
from desk import revision
from desk.automation import undelivered
from desk.automation.definition import conditions_in, known
from desk.automation.told import Told, told
from desk.business_time import WorkCalendar
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.deadlines.kinds import KINDS, Kind
from desk.deadlines.targets import Target, targets_of
from models import (
    CounterPolicy,
    CounterPolicyVersion,
)

MAX_NAME = 120
MAX_STEPS = 50


@dataclass(frozen=True)
class Policy:
    """A policy version in force, free of the database. Steps in the order of their time."""

    id: int
    version_id: int
    kind: str
    names: Mapping[str, str]
    calendar: WorkCalendar
    calendar_id: int
    conditions: Mapping[str, Any]
    pause_statuses: frozenset[int]
    limit: timedelta
    targets: tuple[Target, ...]
    options: Mapping[str, Any]
    steps: tuple["Step", ...]

    def name(self, locale: str) -> str:
        return self.names[locale] or self.names["ru"] or self.names["en"]

    def hours(self, own: int | None) -> WorkCalendar:
        """By which a stretch of a ledger counts: its own calendar, else that of its counter."""
        if own is None or own == self.calendar_id:
            return self.calendar
        return work_calendar(catalog().calendars[own])

    @cached_property
    def asks(self) -> frozenset[str]:
        """Fields of a case that its conditions look at, by their names in events."""
        fields = (known(node)[0] for _path, node in conditions_in(self.conditions))
        found = {name for each in fields if each for name in (each.key, *each.reads)}
        return frozenset(found | {"subject"} if "text" in found else found)

    @property
    def its_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def clock_key(self) -> str:
        """Policies with the same key share one clock a case."""
        return self.kind if self.its_kind.is_one else f"{self.kind}:{self.id}"

    @property
    def longest(self) -> timedelta:
        """The latest moment that anything of it can come."""
        limits = [self.limit, *(target.limit for target in self.targets)]
        return max(self.due_after(each, limit) for limit in limits for each in self.steps_and_limit)

    @property
    def steps_and_limit(self) -> tuple["Step", ...]:
        return (*self.steps, Step(self.limit, ()))

    def due_after(self, step: "Step", limit: timedelta) -> timedelta:
        """When a step comes on a clock with this limit: as far from it as in the policy."""
        return max(step.after + limit - self.limit, timedelta())

    def passed_before_limit(self, limit: timedelta, worked: timedelta) -> int:
        """How many of its steps lie before the limit and would have come by now."""
        return sum(
            step.after < self.limit and self.due_after(step, limit) <= worked for step in self.steps
        )


@dataclass(frozen=True)
class Step:
    after: timedelta
    actions: tuple[Mapping[str, Any], ...]


def in_force() -> dict[int, Policy]:
    """Active policies by id, in the order in which they are tried."""
    return _known()[0]


def by_clock() -> dict[str, list[Policy]]:
    """Those that share a clock together, in the order in which they are tried."""
    return _known()[1]


def version(version_id: int) -> Policy:
    """The version a running counter was started under, whether still in force or not."""
    for policy in in_force().values():
        if policy.version_id == version_id:
            return policy
    older = _known()[2]
    if version_id not in older:
        older[version_id] = _policy(db.session.get_one(CounterPolicyVersion, version_id))
    return older[version_id]


def name_of(number: int) -> str:
    """In the reader's language, of one that is on or off."""
    known = in_force().get(number)
    return known.name(locale()) if known else db.session.get_one(CounterPolicy, number).name


def effects_told(
    fired: Mapping[str, Any], lost: undelivered.Lost = undelivered.NONE, deed: str = ""
) -> list[Told]:
    """What the step of a firing did, from the data of its event, in the reader's language."""
    if not fired.get("effects"):
        return []
    actions = version(fired["version"]).steps[fired["step"]].actions
    return told(fired["effects"], actions, lost, deed)


Known = tuple[dict[int, Policy], dict[str, list[Policy]], dict[int, Policy]]


def _known() -> Known:
    """Those in force by id, the same by clock, and others by version as they are asked for."""
    return revision.kept("policies", _load_all)


def _load_all() -> Known:
    policies = _load()
    clocks: dict[str, list[Policy]] = {}
    for policy in policies.values():
        clocks.setdefault(policy.clock_key, []).append(policy)
    return policies, clocks, {}


def _load() -> dict[int, Policy]:
    query = (
        select(CounterPolicyVersion)
        .join(CounterPolicyVersion.policy)
        .where(
            CounterPolicy.is_active,
            CounterPolicyVersion.number == CounterPolicy.version_number,
        )
        .order_by(CounterPolicy.position, CounterPolicy.id)
    )
    with Session(bind=db.session.connection()) as session:
        return {row.policy_id: _policy(row) for row in session.scalars(query)}


def _policy(row: CounterPolicyVersion) -> Policy:
    steps = sorted(row.steps, key=lambda step: step["after"])
    return Policy(
        id=row.policy_id,
        version_id=row.id,
        kind=row.policy.kind,
        names={"ru": row.policy.name_ru, "en": row.policy.name_en},
        calendar=work_calendar(row.calendar),
        calendar_id=row.calendar_id,
        conditions=row.conditions,
        pause_statuses=frozenset(row.pause_statuses),
        limit=timedelta(minutes=row.limit_minutes),
        targets=targets_of(row.targets),
        options=row.options,
        steps=tuple(Step(timedelta(minutes=s["after"]), tuple(s["then"])) for s in steps),
    )
