"""How administrators change counter policies: checked, kept as versions, in force at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.i18n import _
from core.security import new_token
from desk import automation, events, history, revision
from desk.business_time import NoWorkingTime, add_working_time
from desk.calendars import work_calendar
from desk.deadlines import anew
from desk.deadlines.kinds import KINDS
from desk.deadlines.kinds.custom import BY_TRIGGER
from desk.deadlines.names import check_names
from desk.deadlines.policies import MAX_STEPS
from desk.deadlines.sentences import event_names
from desk.deadlines.targets import MAX_MINUTES, problem_of_limit, problem_of_targets
from desk.errors import Invalid, Stale
from models import CounterPolicy, CounterPolicyVersion, Participant


def save_policy(
    policy: CounterPolicy,
    new: CounterPolicyVersion,
    *,
    by: Participant,
    names: Mapping[str, str] | None = None,
    based_on: str | None = None,
) -> CounterPolicyVersion:
    """A new version, in force at once, for what runs already too: that is computed anew.

    Without `names` ({"ru", "en"}) it keeps its own. Invalid when steps or limit can't be; Stale
    when what is saved over is not the edition `based_on`.
    """
    if policy.id and based_on not in (None, policy.edition):
        raise Stale(_("Somebody saved this counter meanwhile."))
    if policy.kind not in KINDS:
        raise Invalid(_("Choose what it counts."), "kind")
    names = names or {"ru": policy.name_ru, "en": policy.name_en or ""}
    check_names(policy, names, _("Another counter has this name."))
    policy.name_ru, policy.name_en = names["ru"], names["en"]
    new.targets, new.options = new.targets or [], new.options or {}
    _check(new)
    _check_options(policy.kind, new.options)
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


def changed(policy: CounterPolicy, *, by: Participant, **more: bool) -> None:
    """To be called by whoever changes a policy: switches it on or off, moves it."""
    data = {"what": "counter_policy", "id": policy.id, "name": policy.name_ru, **more}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.flush()
    revision.bump("policies")
    anew.of_policy(policy)


def _check(new: CounterPolicyVersion) -> None:
    problems = automation.problems_of_conditions(new.conditions)
    if problems:
        raise Invalid(problems[0], "conditions")
    problem = problem_of_limit(new.limit_minutes)
    if problem:
        raise Invalid(problem, "limit_minutes")
    problem = problem_of_targets(new.targets or [])
    if problem:
        raise Invalid(problem, "targets")
    if len(new.steps) > MAX_STEPS:
        raise Invalid(_("A counter has at most %(n)s steps.", n=MAX_STEPS), "steps")
    for step in new.steps:
        if not isinstance(step.get("after"), int) or not 0 <= step["after"] <= MAX_MINUTES:
            raise Invalid(_("A step comes after a number of minutes."), "steps")
        problems = automation.problems_of_actions(step.get("then", []))
        if problems or not step.get("then"):
            raise Invalid(problems[0] if problems else _("A step needs an action."), "steps")
    _check_time(new)


def _check_options(kind: str, options: Mapping[str, Any]) -> None:
    if kind != "custom":
        return
    known = set(event_names())
    for name, text in (
        ("starts", _("Choose what starts it.")),
        ("stops", _("Choose what stops it.")),
    ):
        chosen = options.get(name) or []
        if not chosen or not set(chosen) <= known:
            raise Invalid(text, name)
    own = set(options["starts"]) - {BY_TRIGGER}
    if own and own <= set(options["stops"]):  # where it both starts and stops, it does not start
        raise Invalid(_("What starts it can't stop it too."), "stops")


def _check_time(new: CounterPolicyVersion) -> None:
    """A counter that could never come to its end would cut the very message that starts it."""
    latest = max([new.limit_minutes, *(step["after"] for step in new.steps)])
    limits = [new.limit_minutes, *(target["minutes"] for target in new.targets)]
    longest = latest - new.limit_minutes + max(limits)
    try:
        add_working_time(work_calendar(new.calendar), clock.now(), timedelta(minutes=longest))
    except NoWorkingTime as error:
        text = _("This calendar has not that much working time.")
        raise Invalid(text, "calendar") from error
