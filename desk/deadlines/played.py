"""A clock played over the past of a case: what it would have counted. Nothing of it is written.

The same rules as in `follow` and `ledger`, on values instead of rows; a test holds them together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from desk import clocks, events
from desk.automation.replay.image import Image
from desk.business_time import NoWorkingTime
from desk.catalog import catalog
from desk.deadlines import endings, limit_edits
from desk.deadlines.counted import Marks, Played, total
from desk.deadlines.follow import may_choose_anew
from desk.deadlines.kinds import Happened
from desk.deadlines.ledger import FITS, MOVED, PAUSED, RESUMED, STARTED, STOPPED, kept_calendar
from desk.deadlines.policies import Policy
from desk.deadlines.soon import near_after
from desk.deadlines.targets import limit_of
from desk.deadlines.under_way import waits_after
from models import Case, CounterState


@dataclass(frozen=True)
class Came:
    """A step that would have come; of this policy, counted from 0."""

    policy_id: int
    step: int
    at: datetime


@dataclass
class Run:
    """One run of the clock."""

    policy: Policy
    limit: timedelta
    started_at: datetime
    book: list[Played]
    state: CounterState = CounterState.RUNNING
    ended_at: datetime | None = None
    is_done: bool = True  # as desk.deadlines.endings says, when it has ended
    next_step: int = 0
    came: list[Came] = field(default_factory=list)

    @property
    def is_going(self) -> bool:
        return self.state != CounterState.STOPPED

    def worked(self, until: datetime) -> timedelta:
        return total(self.policy.hours, self.book, until=until)

    @property
    def limit_at(self) -> datetime | None:
        """When the limit comes if nothing else happens; of a run that is over, when it came or
        would have come; None while paused."""
        return None if self.state == CounterState.PAUSED else self._when(self.limit)

    @property
    def near_at(self) -> datetime | None:
        """When the limit begins to be near."""
        return self._when(near_after(self.limit))

    def _when(self, amount: timedelta) -> datetime | None:
        try:
            return Marks(self.policy.hours, self.book).reached(amount)
        except NoWorkingTime:
            return None

    def let_come(self, until: datetime) -> None:
        """The steps that are due by then."""
        steps = self.policy.steps
        while self.state == CounterState.RUNNING and self.next_step < len(steps):
            due = self._when(self.policy.due_after(steps[self.next_step], self.limit))
            if due is None or due > until:
                return
            self.came.append(Came(self.policy.id, self.next_step, max(due, self.book[-1].since)))
            self.next_step += 1

    def turn(self, at: datetime, *, counts: bool, reason: str) -> None:
        """A new stretch of the ledger."""
        self.close(at)
        self.book.append(Played(at, None, counts, reason))

    def close(self, at: datetime) -> None:
        self.book[-1].until = self.book[-1].until or at


Holds = Callable[[Policy, Image, datetime], bool]


@dataclass
class PlayedClock:
    """The clock of one case that the policies of `group` share, in the order of trying."""

    group: Sequence[Policy]
    holds: Holds
    runs: list[Run] = field(default_factory=list)
    has_begun: bool = False  # what starts the kind has happened, whether a policy fitted or not
    waits: bool = False  # what it waits for is still to come

    @property
    def going(self) -> Run | None:
        return self.runs[-1] if self.runs and self.runs[-1].is_going else None

    def follow(self, image: Image, happened: Happened, at: datetime) -> None:
        """What one unit of work meant, when all of it has happened."""
        run, case = self.going, cast(Case, image)
        if run is not None:
            run.let_come(at)
            why = endings.of(case, happened, run.policy)
            if why or run.policy.its_kind.ends(case, happened, run.policy.options):
                _stop(run, at, why)
                run.is_done = endings.is_done(case, happened, run.policy)
            elif may_choose_anew(happened, self.group):
                self._settle(run, image, happened, at)
        self.waits = waits_after(self.waits, case, happened, self.group, is_open=image.is_open)
        self._start(image, happened, at)
        for event in happened:
            self._turn(event, image, at)
        if self.going is not None:
            _pause_or_resume(self.going, image, at)

    def end(self, now: datetime) -> None:
        if self.going is not None:
            self.going.let_come(now)

    def _first_that_holds(self, image: Image, at: datetime) -> Policy | None:
        return next((each for each in self.group if self.holds(each, image, at)), None)

    def _settle(self, run: Run, image: Image, happened: Happened, at: datetime) -> None:
        chosen = self._first_that_holds(image, at) or run.policy
        limit = limit_of(cast(Case, image), chosen.targets, chosen.limit)
        now, was = (int(each.total_seconds()) // 60 for each in (limit, run.limit))
        counts = run.state == CounterState.RUNNING
        if chosen.id != run.policy.id:
            for span in run.book:
                span.calendar_id = kept_calendar(span, run.policy.calendar_id, chosen)
            run.turn(at, counts=counts, reason=f"{MOVED}:{chosen.id}:{was}:{run.policy.id}")
            run.policy, run.limit = chosen, limit
            done = run.worked(at)
            came = (each.step + 1 for each in run.came if each.policy_id == chosen.id)
            run.next_step = max(chosen.passed_before_limit(limit, done), *came, 0)
        elif limit != run.limit:
            run.limit = limit
            run.turn(at, counts=counts, reason=limit_edits.of_case(happened, chosen, now, was))

    def _start(self, image: Image, happened: Happened, at: datetime) -> None:
        kind, options = self.group[0].its_kind, self.group[0].options
        case = cast(Case, image)
        begins = image.is_open and kind.begins(case, happened, options)
        may_fit = self.waits and may_choose_anew(happened, self.group)
        if self.going is not None or not (begins or may_fit):
            return
        self.has_begun = True
        policy = self._first_that_holds(image, at)
        if policy is not None and (begins or policy.conditions):
            self._begin(policy, image, at, STARTED if begins else FITS)

    def _begin(self, policy: Policy, image: Image, at: datetime, reason: str) -> None:
        limit = limit_of(cast(Case, image), policy.targets, policy.limit)
        self.runs.append(Run(policy, limit, at, [Played(at, None, True, reason)]))

    def _turn(self, event: events.CaseEvent, image: Image, at: datetime) -> None:
        """What a trigger or a step asked for in life."""
        policy = next((each for each in self.group if each.id == event.data.get("policy")), None)
        if policy is None or event.kind not in events.TURNED:
            return
        run, by = self.going, clocks.turned_by(event)
        if isinstance(event, events.CounterStarted):
            if run is None and image.is_open:
                self.has_begun = True
                self._begin(policy, image, at, f"{STARTED}:{by}")
        elif run is not None and run.policy.id == policy.id:
            if run.started_at == at:
                self.runs.pop()
            else:
                _stop(run, at, by)


def _stop(run: Run, at: datetime, why: str) -> None:
    run.close(at)
    run.state, run.ended_at = CounterState.STOPPED, at
    if why:
        run.book.append(Played(at, at, False, f"{STOPPED}:{why}"))


def _pause_or_resume(run: Run, image: Image, at: datetime) -> None:
    if image.value("status") in run.policy.pause_statuses:
        if run.state == CounterState.RUNNING:
            key = catalog().statuses[image.value("status")].key
            run.turn(at, counts=False, reason=f"{PAUSED}:{key}")
            run.state = CounterState.PAUSED
    elif run.state == CounterState.PAUSED:
        run.turn(at, counts=True, reason=RESUMED)
        run.state = CounterState.RUNNING
