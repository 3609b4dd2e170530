"""Doubts measured: planted faults and near misses, and random rules against a full search."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask

from benchmarks.lint import judged
from core import bus
from desk.automation import lint
from desk.automation.lint import Source
from desk.automation.lint.chain import set_of, story
from desk.automation.lint.ruled import Ruled, looked_at
from desk.automation.lint.states import State
from tests.support.rules import cond, definition, do

pytestmark = pytest.mark.one_database

FIELDS: dict[str, list[Any]] = {"priority": [1, 2, 3, 4], "line": [0, 1, 2, 3, 4]}
CHANNELS = ["portal", "email"]
SETS = 16


def test_planted_faults_are_found_and_near_misses_are_not(app: Flask) -> None:
    tally = judged(25, seed=1_000)
    assert (tally.missed, tally.wrong) == ([], [])
    assert min(tally.planted.values()) >= 10


def test_loops_are_those_that_a_search_of_all_tickets_finds(app: Flask) -> None:
    """Each ticket of a small world is tried with the engine.

    No loop is made up. Missed are some where three rules act at one event and the changes that they
    make together, not those of one of them, set the next one off.
    """
    missed, made_up = [], []
    with bus.unit_of_work(writes=False):
        for seed in range(SETS):
            sources = _random_rules(seed)
            told = any(map(_has_loop, lint.findings(sources).values()))
            if told != _some_ticket_goes_round(looked_at(sources)):
                (made_up if told else missed).append(seed)
    assert made_up == []
    assert len(missed) <= 1


def _has_loop(found: list[lint.Finding]) -> bool:
    return any(one.kind == "loop" for one in found)


def _random_rules(seed: int) -> list[Source]:
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    return [Source(at, f"Правило {at}", _random_rule(dice)) for at in range(1, 4)]


def _random_rule(dice: random.Random) -> dict[str, Any]:
    kinds = dice.sample(["priority_changed", "line_changed", "client_replied"], 2)
    asked = []
    for name, values in FIELDS.items():
        op = dice.choice(["", "is", "is_not", "any_of", "gt", "lt", "became", "was"])
        if op:
            many = op in ("any_of", "became", "was")
            value = dice.sample(values, 2) if many else dice.choice(values)
            asked.append(cond(name, op, value))
    if dice.random() < 0.3:
        asked.append(cond("channel", "is", dice.choice(CHANNELS)))
    name = dice.choice(list(FIELDS))
    value = dice.choice(FIELDS[name])
    action = do("set_priority", value) if name == "priority" else _passing(value)
    return definition(" ".join(kinds), [action], *asked)


def _passing(line: int) -> dict[str, Any]:
    return do("pass_to_line", line, reason="")


def _some_ticket_goes_round(rules: list[Ruled]) -> bool:
    engine = set_of(rules)
    return any(story(engine, state).loop for state in _all_tickets())


def _all_tickets() -> Iterator[State]:
    for priority, line, channel in product(*FIELDS.values(), CHANNELS):
        facts = {"priority": priority, "line": line, "channel": channel, "tags": []}
        yield State("client_replied", facts)
        for name, values in FIELDS.items():
            for before in values:
                if before != facts[name]:
                    yield State(f"{name}_changed", facts, {name: (before, facts[name])})
                    yield State("client_replied", facts, {name: (before, facts[name])})
