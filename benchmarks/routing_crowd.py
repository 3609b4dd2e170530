"""Who works and what arrives on a simulated day of the dispatcher; dice give the same each time."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.routing_day import DAY, GROUPS, START, Day
from desk.dispatcher import Agent, Channel, Limit, Overflow, Work
from models import Presence

AGENTS, SLOTS = 200, 5
LIMITS: dict[str, Limit] = {Channel.TICKET: Limit(SLOTS), Channel.DIALOG: Limit(3)}


def plain_agents() -> list[Agent]:
    """Each in one group, all of them alike."""
    return [
        Agent(
            id=number,
            name=f"Агент {number:03}",
            groups=frozenset([number % GROUPS]),
            limits=LIMITS,
            idle_since=START,
        )
        for number in range(1, AGENTS + 1)
    ]


def plain_arrivals(day: Day, dice: Random, how_many: int, load: float) -> None:
    """Tickets that ask for nothing; `load` = share of all slots in use on average."""
    mean = load * AGENTS * SLOTS * DAY / how_many
    members = Counter(group for agent in day.roster for group in agent.groups)
    groups = list(members)
    for case_id in range(1, how_many + 1):
        group = dice.choices(groups, [members[each] for each in groups])[0]
        at = START + timedelta(seconds=dice.uniform(0, DAY))
        day.arrives(Work(group=group, case_id=case_id, arrived_at=at), dice.expovariate(1 / mean))


def mixed_agents(dice: Random) -> list[Agent]:
    """With skills, languages, directions; every third in a second group."""
    return [
        replace(
            agent,
            groups=agent.groups | ({dice.randrange(GROUPS)} if agent.id % 3 == 0 else set()),
            languages=frozenset(["ru", "en"] if dice.random() < 0.4 else ["ru"]),
            skills={skill: dice.randint(0, 3) for skill in (1, 2)},
            directions=frozenset([dice.randint(1, 3)] if dice.random() < 0.2 else []),
        )
        for agent in plain_agents()
    ]


def mixed_arrivals(day: Day, dice: Random, how_many: int, load: float) -> None:
    """Tickets and dialogs that ask for skills, languages, directions and weigh 1 or 2 slots."""
    slots = AGENTS * sum(limit.slots for limit in LIMITS.values())
    mean = load * slots * DAY / how_many / 1.1  # of slots, each tenth takes two
    for case_id in range(1, how_many + 1):
        at = START + timedelta(seconds=dice.uniform(0, DAY))
        due = at + timedelta(minutes=dice.randint(15, 480)) if dice.random() < 0.7 else None
        work = Work(
            group=dice.randrange(GROUPS),
            case_id=case_id,
            arrived_at=at,
            channel=Channel.TICKET if dice.random() < 0.625 else Channel.DIALOG,
            direction=dice.choice([None, 1, 2, 3]),
            language=dice.choice(["", "ru", "ru", "en"]),
            needs={dice.choice([1, 2]): dice.randint(1, 2)} if dice.random() < 0.3 else {},
            slots=2 if dice.random() < 0.1 else 1,
            priority=dice.choice([1, 2, 2, 2, 3, 4]),
            due_at=due,
            sticky=dice.randint(1, AGENTS) if dice.random() < 0.2 else None,
        )
        day.arrives(work, dice.expovariate(1 / mean))


def breaks(day: Day, dice: Random) -> None:
    """Each leaves the desk eight times, for a quarter of an hour."""
    for agent in list(day.roster):
        for _number in range(8):
            seconds = dice.uniform(0, DAY)
            day.present(seconds, agent.id, Presence.AWAY)
            day.present(seconds + 900, agent.id, Presence.AVAILABLE)


def overflow_rules() -> dict[int, Overflow]:
    """Every second group to the next one, the last two in a circle."""
    rules = {group: Overflow(timedelta(minutes=30), group + 1) for group in range(0, GROUPS, 2)}
    return {**rules, GROUPS - 1: Overflow(timedelta(minutes=30), GROUPS - 2)}
