"""Replay: how the last weeks would have gone under a counter that is being written.

What people and rules did is taken as they did it; only the clock is played anew. Nothing is
written to a case. A run counts when it began within the time asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import bus, clock
from core.db import db
from core.i18n import _
from desk import jobs
from desk.automation.replay import reading
from desk.automation.replay.today import Today
from desk.deadlines import drafted, ledger, policies
from desk.deadlines.drafted import Draft
from desk.deadlines.played import Run
from desk.deadlines.player import Player, image_of
from desk.deadlines.policies import Policy
from desk.errors import Invalid
from models import Counter, CounterEpisode, CounterState, Job, Outcome, Participant

KIND = "counter_replay"
DAYS = (7, 30, 90)
USUAL = 30
KEPT = 300  # misses, of all that are counted


def ask(draft: Draft, *, days: int, by: Participant) -> Job:
    """Play it over the last days. Invalid when it is not sound."""
    drafted.policy_of(draft)
    if days not in DAYS:
        raise Invalid(_("Choose how many days."), "days")
    return jobs.start_once(KIND, {"draft": dict(draft), "days": days}, by=by)


def latest_of(draft: Draft) -> Job | None:
    """The last replay of this draft, else of its counter."""
    recent = jobs.latest(KIND)
    same = [job for job in recent if job.arguments["draft"] == draft]
    number = draft["policy"]
    of_counter = [job for job in recent if number and job.arguments["draft"]["policy"] == number]
    return next(iter([*same, *of_counter]), None)


@jobs.work(KIND)
def replayed(arguments: Mapping[str, Any], progress: jobs.Progress) -> dict[str, Any]:
    elapsed = clock.stopwatch()
    now = clock.now()
    since = now - timedelta(days=arguments["days"])
    with bus.unit_of_work(writes=False):
        tried = drafted.policy_of(arguments["draft"])
        player = Player(drafted.group_of(tried))
        last = reading.last_event()
        numbers = reading.cases_between(reading.first_event(since, last), last)
    tally = Tally(tried, since, now)
    progress(0, len(numbers))
    done = 0
    for batch in reading.batches(numbers):
        with bus.unit_of_work(writes=False):
            tally.add(batch, player, last)
        done += len(batch)
        progress(done, len(numbers))
    return {
        **tally.packed(),
        "since": since.isoformat(),
        "until": now.isoformat(),
        "measured": tried.its_kind.is_measured,
        "ms": round(elapsed()),
    }


@dataclass
class Tally:
    """Counted as it goes; what is kept has a bounded size. `lived` = the same under what was saved
    in life, `more` and `fewer` = tickets late only here, late only in life."""

    tried: Policy
    since: datetime
    now: datetime
    tickets: int = 0
    met: int = 0
    missed: int = 0
    going: int = 0
    lived: dict[str, int] = field(default_factory=lambda: {"met": 0, "missed": 0, "going": 0})
    more: int = 0
    fewer: int = 0
    misses: list[dict[str, Any]] = field(default_factory=list)

    def add(self, numbers: Sequence[int], player: Player, last: int) -> None:
        """A batch of cases; inside a unit of work."""
        kinds, today = reading.kinds_of_cases(numbers), Today(numbers)
        late_in_life = self._live(numbers)
        for number, rows in reading.events_of(numbers, last).items():
            played = player.play(image_of(number, kinds[number], today), rows, self.now)
            mine = [run for run in played.runs if self._counts(run)]
            self._case(number, mine, was_late=number in late_in_life)
        self.misses = sorted(self.misses, key=lambda one: -one["late"])[:KEPT]

    def _counts(self, run: Run) -> bool:
        return run.policy.id == self.tried.id and run.started_at >= self.since

    def _case(self, number: int, runs: Sequence[Run], *, was_late: bool) -> None:
        runs = [run for run in runs if run.is_done or self._late(run) > timedelta()]
        self.tickets += bool(runs)
        late = [run for run in runs if self._late(run) > timedelta()]
        going = sum(run.is_going for run in runs if run not in late)
        self.missed += len(late)
        self.going += going
        self.met += len(runs) - len(late) - going
        self.more += bool(late) and not was_late
        self.fewer += was_late and not late
        for run in late:
            self.misses.append(
                {
                    "case": number,
                    "since": run.started_at.isoformat(),
                    "until": run.ended_at.isoformat() if run.ended_at else None,
                    "limit": int(run.limit.total_seconds()) // 60,
                    "late": int(self._late(run).total_seconds()),
                    "was_late": was_late,
                }
            )

    def _late(self, run: Run) -> timedelta:
        """Working time past the limit."""
        return run.worked(run.ended_at or self.now) - run.limit

    def _live(self, numbers: Sequence[int]) -> set[int]:
        """Count what really happened under this counter; the cases on which it was late."""
        ended = select(CounterEpisode.case_id, CounterEpisode.outcome).where(
            CounterEpisode.policy_id == self.tried.id,
            CounterEpisode.case_id.in_(numbers),
            CounterEpisode.started_at >= self.since,
            CounterEpisode.ended_at >= self.since,
        )
        late: set[int] = set()
        for number, outcome in db.session.execute(ended):
            self.lived["missed" if outcome == Outcome.MISSED else "met"] += 1
            late |= {number} if outcome == Outcome.MISSED else set()
        for counter in self._going(numbers):
            policy = policies.version(counter.policy_version_id)
            worked = ledger.worked(counter, policy, until=self.now)
            is_late = worked > timedelta(minutes=counter.limit_minutes)
            self.lived["missed" if is_late else "going"] += 1
            late |= {counter.case_id} if is_late else set()
        return late

    def _going(self, numbers: Sequence[int]) -> Sequence[Counter]:
        query = select(Counter).options(selectinload(Counter.spans))
        mine = (Counter.policy_id == self.tried.id, Counter.case_id.in_(numbers))
        goes = (Counter.started_at >= self.since, Counter.state != CounterState.STOPPED)
        return db.session.scalars(query.where(*mine, *goes)).all()

    def packed(self) -> dict[str, Any]:
        """As it is stored."""
        counted = ("tickets", "met", "missed", "going", "lived", "more", "fewer", "misses")
        return {name: getattr(self, name) for name in counted}
