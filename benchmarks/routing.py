"""The dispatcher at work: python -m benchmarks.routing [--quick] [--json] [--seed N]

Days of 50,000 arrivals, 200 agents, 12 groups. At 32 % load, a day for each mode: decisions per
second, and how much more the busiest of a group is given than the least busy one, in the group
where that is worst. In a full house, with skills, languages, breaks and overflow: the longest time
for which a free slot stood beside a waiting work that fits it. And what one decision costs when all
200 agents are of its group, alone and with all that it reads from the database.
"""

from collections import Counter
from collections.abc import Iterable
from random import Random
from time import process_time

from benchmarks.place import Figure, arguments, show
from benchmarks.routing_crowd import (
    breaks,
    mixed_agents,
    mixed_arrivals,
    overflow_rules,
    plain_agents,
    plain_arrivals,
)
from benchmarks.routing_day import GROUPS, START, Day
from benchmarks.routing_desk import through_the_database
from benchmarks.routing_watch import Watch
from desk.dispatcher import DEFAULT, MODES, Agent, Work, choose
from desk.dispatcher.mode import Mode, Rank
from desk.dispatcher.modes.least_loaded import LeastLoaded
from desk.dispatcher.work import Demand

ARRIVALS, FEW = 50_000, 20_000
LOAD, FULL = 0.32, 1.05
FAIR = 1.2


class WithoutTheDay(LeastLoaded):
    """The default mode with the alphabet alone between equals."""

    key = "least_loaded, without the count of the day"

    def rank(self, agent: Agent, work: Demand) -> Rank:
        return super().rank(agent, work)[:1]


def calm(mode: Mode, seed: int, how_many: int) -> list[Figure]:
    """A day at 32 % load."""
    day = Day(plain_agents(), mode)
    plain_arrivals(day, Random(seed), how_many, LOAD)  # noqa: S311 - the same day each time
    began = process_time()
    day.play()
    took = process_time() - began
    aim = FAIR if mode is DEFAULT else None
    return [
        Figure(f"{mode.key}: busiest to least busy, worst group", _skew(day), "times", aim),
        Figure(f"{mode.key}: the whole day", day.decisions / took, "decisions/s"),
    ]


def _skew(day: Day) -> float:
    """Of the works given; whoever was given nothing counts as given one."""
    return max(_ratio(day.given, day.roster.members(group)) for group in range(GROUPS))


def _ratio(given: Counter[int], members: Iterable[Agent]) -> float:
    found = [given[agent.id] for agent in members]
    return max(found) / max(min(found), 1)


def full_house(seed: int, how_many: int) -> list[Figure]:
    """More arrives than the agents can take."""
    dice, watch = Random(seed), Watch()  # noqa: S311 - the same day each time
    day = Day(mixed_agents(dice), DEFAULT, watch)
    mixed_arrivals(day, dice, how_many, FULL)
    breaks(day, dice)
    day.overflows(overflow_rules(), every=300)
    day.play()
    return [
        Figure("full house: longest free slot beside a fitting work", watch.longest, "s", 0),
        Figure("full house: times that such a pair was seen", watch.seen, "times", 0),
        Figure("full house: agents seen above a limit", watch.above_limit, "times", 0),
        Figure("full house: most that waited at once", watch.most_waiting, "works"),
        Figure("full house: never given", len(day.queue), "works"),
    ]


def one_decision(times: int) -> list[Figure]:
    """When all agents are of one group, every second of them full; and in a group of 17."""
    agents = [
        Agent(**{**vars(agent), "groups": frozenset([0]), "load": {"ticket": agent.id % 2 * 5}})
        for agent in plain_agents()
    ]
    work = Work(group=0, case_id=1, arrived_at=START)
    return [
        Figure(
            f"one decision, {count} agents in the group", cost(work, agents[:count], times), *aim
        )
        for count, aim in ((200, ("ms", 2.0)), (17, ("ms", None)))
    ]


def cost(work: Work, agents: list[Agent], times: int) -> float:
    """CPU of one, in milliseconds; the median of nine goes."""
    goes = []
    for _go in range(9):
        began = process_time()
        for _time in range(times):
            choose(work, agents, DEFAULT, START)
        goes.append((process_time() - began) / times * 1_000)
    return sorted(goes)[4]


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    how_many = FEW if options.quick else ARRIVALS
    figures = one_decision(20 if options.quick else 100)
    for mode in (*MODES.values(), WithoutTheDay()):
        figures += calm(mode, options.seed, how_many)
    figures += full_house(options.seed, how_many)
    figures += through_the_database(options.database)
    show(figures, options)


if __name__ == "__main__":
    main()
