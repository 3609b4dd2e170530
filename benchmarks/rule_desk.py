"""Triggers for benchmarks: made up by dice, saved, and what a call costs."""

import random
import time
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any

from benchmarks.place import questions
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import history, people
from desk.automation import library
from desk.automation.library import NewVersion
from desk.catalog import catalog
from desk.history import Cause
from models import (
    Participant,
    Rule,
    RuleState,
    RuleVersion,
)

Definition = dict[str, Any]
EVENT = "ticket_created"
BATCH = 10


def condition(dice: random.Random) -> Definition:
    """One of what companies ask for: a status, a line, a priority, a channel, a tag, a language."""
    asked: tuple[tuple[str, str, Any], ...] = (
        ("status", "is", dice.choice(list(catalog().statuses))),
        ("line", "is", dice.randint(1, 3)),
        ("priority", "any_of", dice.sample(range(1, 5), 2)),
        ("channel", "is", dice.choice(["portal", "email", "phone"])),
        ("tags", "has_any", [f"tag-{dice.randint(1, 30)}"]),
        ("locale", "is", dice.choice(["ru", "en"])),
    )
    field, op, value = dice.choice(asked)
    return {"field": field, "op": op, "value": value}


def definitions(count: int, seed: int) -> list[Definition]:
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    return [
        {
            "on": [EVENT],
            "if": {"all": [condition(dice) for _at in range(3)]},
            "then": [{"do": "add_tag", "value": [f"tag-{dice.randint(1, 30)}"]}],
        }
        for _rule in range(count)
    ]


def saved(found: list[Definition], author: int) -> None:
    """As rows, and the last one by the verb, which tells the processes of all."""
    with unit_of_work():
        who = db.session.get_one(Participant, author)
        for rule in library.rules():
            rule.deleted_at, rule.state = clock.now(), RuleState.OFF
        for at, one in enumerate(found[:-1]):
            rule = Rule(position=at, state=RuleState.ON, name_ru=f"Rule {at}", versions=[])
            rule.created_at, rule.version_number = clock.now(), 1
            db.session.add(rule)
            db.session.flush()
            version = RuleVersion(rule_id=rule.id, number=1, definition=one, author_id=who.id)
            version.at = clock.now()
            db.session.add(version)
        library.create(NewVersion(found[-1], "The last rule"), by=who, state=RuleState.ON)


def without_rules() -> tuple[int, int]:
    """A client who will write, and who changes the rules; the first rules go."""
    with unit_of_work():
        client = people.client_for("ivan@sevsklad.example", name="Иван Петров")
        author = history.actor_of(Cause())
        for rule in library.rules():
            library.delete(rule, by=author)
        return client.id, author.id


def microseconds(work: Callable[[], object], times: int) -> float:
    """Of CPU for one call: the median of batches, which other programs disturb little."""
    took = []
    for _turn in range(max(times // BATCH, 3)):
        began = time.process_time()
        for _call in range(BATCH):
            work()
        took.append((time.process_time() - began) * 1e6 / BATCH)
    return median(took)


@cache
def asked_texts() -> list[str]:
    return questions()
