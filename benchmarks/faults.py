"""Faults on purpose, in their whole number: python -m benchmarks.faults counters --full

Counters: kill -9 in the middle of a tick, several schedulers at once, a frozen one that wakes up,
clocks that jump, edits of calendars and policies while thousands of counters run. Dispatcher:
tickets that many take at once, that arrive and are solved in four processes. Prints what was done
and what was missed, doubled or above a limit; ends with 1 when anything was.
"""

import argparse
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.place import Figure, arguments, fresh, show
from core import clock
from core.config import Config
from tests.faults import claiming, dispatching, edits, firing, jumps
from tests.faults.killing import Zygote, zygote


@dataclass(frozen=True)
class Dose:
    """How much of each."""

    kills: int
    due: int  # of several schedulers at once
    rounds: int
    freezes: int
    jumps: int
    open: int  # tickets while things are edited
    edits: int
    turns: int  # of arrivals and solving at once
    arrivals: int  # in each of them
    claimers: int  # of one ticket at once
    claims: int


FULL = Dose(
    kills=300,
    due=2_500,
    rounds=1,
    freezes=50,
    jumps=100,
    open=10_000,
    edits=20,
    turns=50,
    arrivals=200,
    claimers=100,
    claims=200,
)
SAMPLE = Dose(
    kills=20,
    due=200,
    rounds=1,
    freezes=4,
    jumps=20,
    open=200,
    edits=5,
    turns=2,
    arrivals=100,
    claimers=20,
    claims=5,
)


@contextmanager
def desk_with(kind: str, tickets: int) -> Iterator[tuple[Zygote, Config]]:
    with fresh(kind) as app:
        config: Config = app.config["LINIYA"]
        firing.lay_out(tickets)
        with zygote(config, "") as desk:
            yield desk, config


def killed(kind: str, dose: Dose, dice: random.Random) -> str:
    with desk_with(kind, 6 * dose.kills) as (desk, _config):
        by_point = firing.kill_in_turns(desk, dice, dose.kills)
    return f"F5 kill -9 in a tick: {dict(by_point)}"


def at_once(kind: str, dose: Dose, dice: random.Random) -> str:
    turns = [processes for processes in (2, 4) for _round in range(dose.rounds)]
    with desk_with(kind, dose.due * len(turns)) as (desk, _config):
        for turn, processes in enumerate(turns, 1):
            firing.fire_at_once(desk, dice, processes, dose.due)
            firing.once(dose.due * turn)
    return f"F6 {turns} schedulers at once, {dose.due:,} counters each time, one killed"


def frozen(kind: str, dose: Dose, dice: random.Random) -> str:
    with desk_with(kind, 3 * dose.freezes) as (desk, config):
        for turn in range(1, dose.freezes + 1):
            point = dice.choice(firing.FREEZING)
            firing.freeze_and_wake(desk, point, gives_locks_away=not config.is_sqlite)
            firing.once(firing.DUE_AT_ONCE * turn)
    return f"F7 {dose.freezes} schedulers frozen and woken"


def jumped(kind: str, dose: Dose, dice: random.Random) -> str:
    with fresh(kind):
        fired = jumps.jump_about(dice, dose.jumps)
    with fresh(kind):
        nights = jumps.odd_days(dice, per_day=max(dose.jumps // 20, 1))
    return f"F14 {dose.jumps} jumps, {fired} firings; {nights} counters over days with odd clocks"


def edited(kind: str, dose: Dose, dice: random.Random) -> str:
    with fresh(kind):
        compared = edits.edit_and_compare(dice, dose.open, dose.edits)
    return f"F15 {dose.edits} edits, {dose.open:,} open tickets, {compared:,} limits compared"


def claimed(kind: str, dose: Dose, dice: random.Random) -> str:
    with fresh(kind) as app:
        people = claiming.hired(dose.claimers)
        for _round in range(dose.claims):
            claiming.race(app, people)
    return f"F16 {dose.claims} tickets, taken by {dose.claimers} at once"


def dispatched(kind: str, dose: Dose, dice: random.Random) -> str:
    agents, limit, last, longest = 20, 5, 0, 0.0
    with fresh(kind) as app:
        dispatching.lay_out(agents, limit)
        with zygote(app.config["LINIYA"], "") as desk:
            for turn in range(1, dose.turns + 1):
                seen = dispatching.one_round(app, desk, turn, dose.arrivals, limit)
                longest = max(longest, seen)
                last = dispatching.judge(last, dose.arrivals, limit)
            dispatching.loads_by_the_log(limit)
    told = f"F17 {dose.turns} x {dose.arrivals} tickets, {agents} agents of {limit}"
    return f"{told}; a free slot beside a waiting ticket {longest:.2f} s at most"


Fault = Callable[[str, Dose, random.Random], str]
FAULTS: dict[str, tuple[Fault, ...]] = {
    "counters": (killed, at_once, frozen, jumped, edited),
    "dispatcher": (claimed, dispatched),
}


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("what", choices=FAULTS)
    parser.add_argument("--full", action="store_true", help="the whole number")
    parser.add_argument("--only", default="", help="one of them: " + ", ".join(_names()))
    options = parser.parse_args()
    figures = [figure for fault in FAULTS[options.what] for figure in judged(fault, options)]
    show(figures, options)
    sys.exit(any(figure.value for figure in figures if figure.aim == 0))


def _names() -> list[str]:
    return [fault.__name__ for faults in FAULTS.values() for fault in faults]


def judged(fault: Fault, options: argparse.Namespace) -> Iterator[Figure]:
    if options.only not in ("", fault.__name__):
        return
    dose, dice = FULL if options.full else SAMPLE, random.Random(options.seed)  # noqa: S311 - said
    elapsed, failed = clock.stopwatch(), 0.0
    try:
        told = fault(options.database, dose, dice)
    except AssertionError:
        traceback.print_exc()
        told, failed = f"{fault.__name__}, seed {options.seed}", 1.0
    print(f"{told}: {'FAILED' if failed else 'passed'}, {elapsed() / 1000:.0f} s", file=sys.stderr)
    yield Figure(f"{told}; seed {options.seed}; missed or doubled", failed, "", 0)


if __name__ == "__main__":
    main()
