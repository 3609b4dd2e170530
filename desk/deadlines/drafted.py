"""A counter as it is being written, saved or not, standing among the others of its kind."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.db import db
from core.i18n import _
from desk import automation
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.deadlines import policies
from desk.deadlines.kinds import KINDS
from desk.deadlines.policies import Policy, Step
from desk.deadlines.targets import targets_of
from desk.errors import Invalid
from models import CounterPolicy

NEW = -1  # the id of a counter that is not saved yet

Draft = Mapping[str, Any]
"""{"policy": id or None, "kind", "names", "calendar", "conditions", "pause", "limit", "targets",
"options", "steps"}: as models.CounterPolicyVersion keeps them; `calendar` = its id."""


def policy_of(draft: Draft) -> Policy:
    """Invalid when it is not sound enough to count by."""
    calendar = catalog().calendars.get(draft["calendar"] or 0)
    if draft["kind"] not in KINDS or calendar is None or draft["limit"] < 1:
        raise Invalid(_("Finish the counter first: what it counts, its limit, its calendar."))
    if automation.problems_of_conditions(draft["conditions"]):
        raise Invalid(_("Finish the conditions first: a part of them is missing."))
    number = draft["policy"] or NEW
    steps = sorted(draft["steps"], key=lambda step: step["after"])
    return Policy(
        id=number,
        version_id=NEW,
        kind=draft["kind"],
        names=draft["names"],
        calendar=work_calendar(calendar),
        calendar_id=calendar.id,
        conditions=draft["conditions"] if any(draft["conditions"].values()) else {},
        pause_statuses=frozenset(draft["pause"]),
        limit=timedelta(minutes=draft["limit"]),
        targets=targets_of(draft["targets"]),
        options=draft["options"],
        steps=tuple(Step(timedelta(minutes=s["after"]), tuple(s["then"])) for s in steps),
    )


def group_of(tried: Policy) -> list[Policy]:
    """The policies that share its clock, with the draft in its own place, switched on."""
    others = [p for p in policies.by_clock().get(tried.clock_key, []) if p.id != tried.id]
    row = db.session.get(CounterPolicy, tried.id) if tried.id != NEW else None
    if row is None:
        return [*others, tried]
    query = select(CounterPolicy.id).where(
        CounterPolicy.kind == row.kind,
        (CounterPolicy.position < row.position)
        | ((CounterPolicy.position == row.position) & (CounterPolicy.id < row.id)),
    )
    earlier = set(db.session.scalars(query))
    at = sum(each.id in earlier for each in others)
    return [*others[:at], tried, *others[at:]]
