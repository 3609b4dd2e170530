"""The clock of one ticket as it would be under a counter that is being written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from core import clock
from core.i18n import N_, _, locale
from desk import access
from desk.automation.replay import reading
from desk.automation.replay.today import Today
from desk.deadlines import drafted
from desk.deadlines.drafted import Draft
from desk.deadlines.played import Came, PlayedClock, Run
from desk.deadlines.player import Player, image_of
from desk.deadlines.policies import Policy
from desk.deadlines.sentences import when
from desk.deadlines.summary import CounterView, state_of
from desk.errors import Invalid, NotFound
from models import Case, CounterSpan, Participant

RUNS = 5  # the last ones that are shown

NEVER_BEGAN = N_("Nothing of what starts this counter has happened on the ticket.")
NO_CONDITIONS = N_("The ticket did not meet the conditions while there was something to count.")
NO_NUMBER = N_("Write the number of a ticket.")


@dataclass(frozen=True)
class Step:
    """A step that would have come."""

    at: datetime
    moment: str  # as seen from the limit


@dataclass(frozen=True)
class Shown:
    """One run, drawn like a counter of a ticket."""

    view: CounterView
    steps: list[Step]


@dataclass(frozen=True)
class Clock:
    """`why_not`: in words, when the draft would not count on it. `earlier`: runs left out."""

    case: Case
    runs: list[Shown]
    why_not: str = ""
    earlier: int = 0


def clock_of(number: int | None, draft: Draft, who: Participant) -> Clock:
    """Invalid in words when there is no such ticket for this person, or the draft is not sound."""
    tried = drafted.policy_of(draft)
    case = _case(number, who)
    played = _played(case, drafted.group_of(tried))
    mine = [run for run in played.runs if run.policy.id == tried.id]
    shown = [_shown(run) for run in mine[-RUNS:]]
    why_not = "" if mine else _why_not(played, tried)
    return Clock(case, shown[::-1], why_not, len(mine) - len(shown))


def _case(number: int | None, who: Participant) -> Case:
    if number is None:
        raise Invalid(_(NO_NUMBER), "ticket")
    try:
        return access.case_for(who, number)
    except NotFound as error:
        told = _("There is no ticket %(number)s, or you may not see it.", number=number)
        raise Invalid(told, "ticket") from error


def _played(case: Case, group: list[Policy]) -> PlayedClock:
    rows = reading.events_of([case.id], reading.last_event()).get(case.id, [])
    return Player(group).play(image_of(case.id, case.kind, Today([case.id])), rows, clock.now())


def _why_not(played: PlayedClock, tried: Policy) -> str:
    if not played.has_begun:
        return _(NEVER_BEGAN)
    others = [run.policy for run in played.runs]
    if others and played.group.index(others[-1]) < played.group.index(tried):
        name = others[-1].name(locale())
        return _("“%(name)s” counts on it: it stands above and fits.", name=name)
    return _(NO_CONDITIONS)


def _shown(run: Run) -> Shown:
    now = clock.now()
    limit_at, near_at = run.limit_at, run.near_at
    worked = run.worked(run.ended_at or now)
    view = CounterView(
        id=0,
        policy_id=run.policy.id,
        name=run.policy.name(locale()),
        kind=run.policy.kind,
        state=state_of(run.state, limit_at, near_at),
        started_at=run.started_at,
        stopped_at=run.ended_at,
        limit_at=limit_at,
        near_at=near_at,
        due_at=None,
        limit=run.limit,
        worked=worked,
        calendar=run.policy.calendar,
        hours=run.policy.hours,
        spans=cast(Sequence[CounterSpan], run.book),
        firings=(),
        error="",
        now=now,
    )
    return Shown(view, [_step(one, run) for one in run.came if one.policy_id == run.policy.id])


def _step(came: Came, run: Run) -> Step:
    step = run.policy.steps[came.step]
    return Step(came.at, when(run.policy.due_after(step, run.limit), run.limit))
