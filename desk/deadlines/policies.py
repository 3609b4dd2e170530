"""Counter policies, kept in memory, and how administrators change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import db
from core.i18n import LOCALES, N_, _
from core.security import new_token
from desk import automation, events, history, revision
from desk.automation.told import Told, told
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time
from desk.calendars import work_calendar
from desk.errors import Invalid, Stale
from models import (
    CounterPolicy,
    CounterPolicyVersion,
    Participant,
)

KINDS = {
    "no_answer": N_("No answer"),
    "no_activity": N_("No activity"),
}
MAX_NAME = 120
MAX_STEPS = 20
MAX_MINUTES = 60 * 24 * 366


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
    steps: tuple["Step", ...]

    def name(self, locale: str) -> str:
        return self.names[locale] or self.names["ru"] or self.names["en"]

    @property
    def longest(self) -> timedelta:
        """The latest moment that anything of it can come."""
        return max([self.limit, *(step.after for step in self.steps)])


@dataclass(frozen=True)
class Step:
    after: timedelta
    actions: tuple[Mapping[str, Any], ...]


def in_force() -> dict[int, Policy]:
    """Active policies by id, in the order in which they are tried."""
    return revision.kept("policies", _load)


def version(version_id: int) -> Policy:
    """The version a running counter was started under, whether still in force or not."""
    for policy in in_force().values():
        if policy.version_id == version_id:
            return policy
    return _policy(db.session.get_one(CounterPolicyVersion, version_id))


def effects_told(fired: Mapping[str, Any]) -> list[Told]:
    """What the step of a firing did, from the data of its event, in the reader's language."""
    if not fired.get("effects"):
        return []
    return told(fired["effects"], version(fired["version"]).steps[fired["step"]].actions)


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
        steps=tuple(Step(timedelta(minutes=s["after"]), tuple(s["then"])) for s in steps),
    )


def save_policy(
    policy: CounterPolicy,
    new: CounterPolicyVersion,
    *,
    by: Participant,
    names: Mapping[str, str] | None = None,
    based_on: int | None = None,
) -> CounterPolicyVersion:
    """A new version, in force at once for counters that start from now on.

    Without `names` ({"ru", "en"}) it keeps its own. Invalid when steps or limit can't be; Stale
    when somebody saved after version `based_on`.
    """
    if policy.id and based_on not in (None, policy.version_number):
        raise Stale(_("Somebody saved this counter meanwhile."))
    if names is not None:
        policy.name_ru, policy.name_en = names["ru"], names["en"]
    _check_policy(policy)
    _check(new)
    if not policy.id:
        _add(policy)
    policy.version_number += 1
    new.policy, new.number, new.author, new.at = policy, policy.version_number, by, clock.now()
    db.session.add(new)
    changed(policy, by=by)
    return new


def _add(policy: CounterPolicy) -> None:
    """The last of its kind."""
    mine = CounterPolicy.kind == policy.kind
    last = db.session.scalar(select(func.max(CounterPolicy.position)).where(mine))
    policy.position = 0 if last is None else last + 1
    policy.version_number = 0
    policy.key = policy.key or f"counter_{new_token()[:8]}"
    db.session.add(policy)
    db.session.flush()


def changed(policy: CounterPolicy, *, by: Participant) -> None:
    """To be called by whoever changes a policy: switches it on or off, moves it."""
    data = {"what": "counter_policy", "id": policy.id, "name": policy.name_ru}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.flush()
    revision.bump("policies")


def _check_policy(policy: CounterPolicy) -> None:
    if policy.kind not in KINDS:
        raise Invalid(_("Choose what it counts."), "kind")
    if not policy.name_ru:
        raise Invalid(_("Give it a name."), "name_ru")
    for code in LOCALES:
        if len(getattr(policy, f"name_{code}") or "") > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), f"name_{code}")


def _check(new: CounterPolicyVersion) -> None:
    problems = automation.problems_of_conditions(new.conditions)
    if problems:
        raise Invalid(problems[0], "conditions")
    if not 0 < new.limit_minutes <= MAX_MINUTES:
        raise Invalid(_("The limit is a number of minutes, at least 1."), "limit_minutes")
    if len(new.steps) > MAX_STEPS:
        raise Invalid(_("A counter has at most %(n)s steps.", n=MAX_STEPS), "steps")
    for step in new.steps:
        if not isinstance(step.get("after"), int) or not 0 <= step["after"] <= MAX_MINUTES:
            raise Invalid(_("A step comes after a number of minutes."), "steps")
        problems = automation.problems_of_actions(step.get("then", []))
        if problems or not step.get("then"):
            raise Invalid(problems[0] if problems else _("A step needs an action."), "steps")
    _check_time(new)


def _check_time(new: CounterPolicyVersion) -> None:
    """A counter that could never come to its end would cut the very message that starts it."""
    longest = max([new.limit_minutes, *(step["after"] for step in new.steps)])
    try:
        add_working_time(work_calendar(new.calendar), clock.now(), timedelta(minutes=longest))
    except NoWorkingTime as error:
        text = _("This calendar has not that much working time.")
        raise Invalid(text, "calendar") from error
