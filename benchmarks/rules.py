"""Triggers at work: python -m benchmarks.rules [--quick] [--json] [--database ...]

10, 100 and 1,000 active rules of 3 conditions, all of them on the event: the evaluation alone,
with reasons, beside a naive loop over the same JSON in the same run, and creating a ticket with
them and without. Then 100 rules on a mix of events: bytes of a decision, and the panel "why?".
"""

import json
from itertools import cycle
from typing import Any

from benchmarks.place import Figure, arguments, fresh, show
from benchmarks.rule_desk import (
    EVENT,
    Definition,
    asked_texts,
    definitions,
    microseconds,
    saved,
    without_rules,
)
from benchmarks.rule_memory import kept
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import tickets
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.moment import Moment, Occurrence
from desk.automation.ruleset import CompiledSet, active_versions, compiled_set
from desk.catalog import catalog
from desk.tickets import NewTicket
from models import (
    Client,
)

SIZES = (10, 100, 1_000)
AIM_US = {100: 20, 1_000: 150}  # performance.md, "Rules": the conditions alone
REASONS = 4  # times that, with every reason kept


def naive(texts: list[str], facts: dict[str, Any]) -> int:
    """What a first attempt does: parse each rule, look at each condition."""
    held = 0
    for stored in texts:
        rule = json.loads(stored)
        if EVENT in rule["on"] and all(_holds(one, facts) for one in rule["if"]["all"]):
            held += 1
    return held


def _holds(asked: Definition, facts: dict[str, Any]) -> bool:
    seen, value = facts.get(asked["field"]), asked["value"]
    if asked["op"] == "is":
        return bool(seen == value)
    return seen in value if asked["op"] == "any_of" else bool(set(seen or ()) & set(value))


def evaluation(count: int, seed: int, times: int) -> list[Figure]:
    with unit_of_work(writes=False):
        found = definitions(count, seed)
        rules: CompiledSet = compiled_set(active_versions())
        assert len(rules.rules) == count
        status = next(iter(catalog().statuses))
        facts = {"status": status, "line": 1, "priority": 2, "channel": "portal", "locale": "ru"}
        facts |= {"tags": [], "last_runs": {}}
        happened, now = Occurrence(kinds=frozenset([EVENT])), clock.now()
        moment = Moment(Facts(facts), {}, now)
        scan = rules.scan(happened.kinds)

        def all_conditions() -> None:
            assert scan(moment, 0, list[object]().append, lambda _at: True) == count

        asked = microseconds(all_conditions, times)
        ours = microseconds(lambda: evaluate(rules, Facts(facts), happened, now), times)
        texts = [json.dumps(one) for one in found]
        theirs = microseconds(lambda: naive(texts, facts), max(times // 20, 3))
    label, aim = f"{count:,} rules", AIM_US.get(count)
    return [
        Figure(f"conditions alone, {label}", asked, "us", aim),
        Figure(f"evaluation with reasons, {label}", ours, "us", aim and aim * REASONS),
        Figure(f"evaluation with reasons, {label}", 1e6 / ours, "events/s"),
        Figure(f"naive loop over JSON, {label}", theirs, "us"),
        Figure(f"naive loop to ours, {label}", theirs / ours, "times"),
    ]


def creation(client: int, times: int) -> float:
    """Milliseconds of a whole new ticket, committed."""
    texts = cycle(asked_texts())

    def create() -> None:
        text = next(texts)
        with unit_of_work():
            who = db.session.get_one(Client, client)
            tickets.open_ticket(NewTicket(text[:80], text), requester=who)

    return microseconds(create, times) / 1000


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    times = 200 if options.quick else 2_000
    sizes = SIZES[:2] if options.quick else SIZES
    figures: list[Figure] = []
    with fresh(options.database) as app:
        client, author = without_rules()
        without = creation(client, times // 10)
        for count in sizes:
            with unit_of_work(writes=False):
                found = definitions(count, options.seed)
            saved(found, author)
            figures += evaluation(count, options.seed, times)
            took = creation(client, times // 10)
            figures.append(Figure(f"a whole new ticket, {count:,} rules", took, "ms"))
            figures.append(Figure(f"a whole new ticket, {count:,} rules", 1e3 / took, "tickets/s"))
        figures.append(Figure("a whole new ticket, no rules", without, "ms"))
        figures += kept(app, client, author, options.seed, 20 if options.quick else 60)
    show(figures, options)


if __name__ == "__main__":
    main()
