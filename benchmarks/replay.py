"""Replay and live count: python -m benchmarks.replay [--quick] [--json] [--database ...]

A month of a desk, written straight into the log: 100,000 events on 10,000 tickets, played by 100
rules, and what it takes of memory; how many of 10,000 and 100,000 open tickets match, as the
editor asks while one writes.
"""

import random
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.place import Figure, arguments, fresh, questions, show
from benchmarks.rule_desk import saved, without_rules
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import catalog as names
from desk.automation.replay import playing
from desk.automation.replay.lately import lately
from desk.automation.replay.matching import matching
from desk.catalog import catalog
from models import Case, CaseTag, EventRecord, Message, Tag

DAYS, EVENTS_PER_CASE, RULES = 30, 10, 100
NOW_MS, LATELY_MS = 330, 120  # as blueprints/admin/counting.py has it
AIM_SECONDS, AIM_COUNT_MS, AIM_BOTH_MS = 30, 350, 480  # of 700 while one writes, 200 are waited
GROWTH_MB = 60
KINDS = ("ticket_created", "client_replied", "agent_replied", "ticket_updated", "status_changed")
Definition = dict[str, Any]


def condition(dice: random.Random) -> Definition:
    asked: tuple[tuple[str, str, Any], ...] = (
        ("status", "any_of", dice.sample(list(catalog().statuses), 2)),
        ("line", "is", dice.randint(1, 3)),
        ("priority", "gt", dice.randint(1, 3)),
        ("channel", "is", dice.choice(["portal", "email", "phone"])),
        ("tags", "has_any", [f"tag-{dice.randint(1, 30)}"]),
        ("hours_since_created", "gt", dice.randint(1, 48)),
        ("text", "words", phrases(dice.choice(["задержка доставки", "вернуть деньги", "оплата"]))),
    )
    field, op, value = dice.choice(asked)
    return {"field": field, "op": op, "value": value}


def phrases(*found: str) -> Definition:
    return {"phrases": list(found), "mode": "any", "within": 3, "guard_negation": True}


def definitions(count: int, seed: int) -> list[Definition]:
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    return [
        {
            "on": dice.sample(KINDS, 2),
            "if": {"all": [condition(dice) for _at in range(3)]},
            "then": [{"do": "add_tag", "value": [f"tag-{dice.randint(1, 30)}"]}],
        }
        for _rule in range(count)
    ]


class Month:
    """Tickets of a month with their messages and events, in batches of rows."""

    def __init__(self, client: int, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same month each time
        self.client, self.texts = client, questions()
        self.statuses = list(catalog().statuses)[:3]
        self.began = clock.now() - timedelta(days=DAYS) + timedelta(minutes=5)
        self.number, self.message = 1000, 0

    def write(self, cases: int, events: int = EVENTS_PER_CASE) -> None:
        step = timedelta(days=DAYS - 1) / cases
        for first in range(0, cases, 1000):
            rows: dict[Any, list[dict[str, Any]]] = {Case: [], Message: [], EventRecord: []}
            for at in range(first, min(first + 1000, cases)):
                self._case(self.began + step * at, events, rows)
            with unit_of_work():
                for table, its in rows.items():
                    db.session.execute(insert(table), its)

    def _case(self, at: Any, events: int, rows: dict[Any, list[dict[str, Any]]]) -> None:
        self.number += 1
        status, priority = self.statuses[0], self.dice.randint(1, 4)
        row = {"status_id": status, "priority": priority, "line": self.dice.randint(1, 3)}
        row |= {"channel": self.dice.choice(["portal", "email"]), "locale": "ru", "fields": {}}
        row |= {"subject": self.dice.choice(self.texts)[:100], "requester_id": self.client}
        changes = {name.removesuffix("_id"): [None, value] for name, value in row.items()}
        changes |= {"tags": [None, []], "assignee": [None, None], "group": [None, None]}
        changes.pop("fields")
        for turn in range(events):
            moment = at + timedelta(minutes=20 * turn)
            event: dict[str, Any] = {"at": moment, "unit": f"{self.number}-{turn}", "depth": 0}
            event |= {"case_id": self.number, "actor_id": self.client, "changes": {}, "data": {}}
            if turn % 3 == 2:
                after = self.statuses[(turn // 3 + 1) % 3]
                event |= {"kind": "status_changed", "changes": {"status": [status, after]}}
                status = after
            else:
                event["kind"] = "client_replied" if turn else "ticket_created"
                event["changes"] = {} if turn else changes
                event["data"] = {"message": self._say(moment, rows[Message])}
            rows[EventRecord].append(event)
        category = catalog().statuses[status].category
        row |= {"id": self.number, "kind": "ticket", "category": category, "status_id": status}
        row |= {"is_open": True, "version": 1, "preview": "", "link_nonce": "", "created_at": at}
        row |= {"updated_at": at, "status_since": at, "last_client_at": at}
        rows[Case].append(row)

    def _say(self, at: Any, rows: list[dict[str, Any]]) -> int:
        self.message += 1
        row = {"id": self.message, "case_id": self.number, "author_id": self.client, "at": at}
        row |= {"kind": "public", "inbound": True, "channel": "portal", "quoted": ""}
        rows.append({**row, "text": self.dice.choice(self.texts)})
        return self.message


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def replay(cases: int) -> Iterator[Figure]:
    early: list[float] = []

    def progress(done: int, total: int) -> None:
        if done >= total / 5 and not early:
            early.append(megabytes())

    began = time.process_time()
    outcome = playing.replayed({"days": DAYS, "zone": "Europe/Moscow"}, progress)
    took = time.process_time() - began
    events = outcome["events"]
    assert events == cases * EVENTS_PER_CASE, events
    whole = AIM_SECONDS if events >= 100_000 else None
    yield Figure(f"replay, {events:,} events, {RULES} rules", took, "s", whole)
    yield Figure("  of that for one event", took * 1e6 / events, "us", AIM_SECONDS * 10.0)
    yield Figure("  memory after the first fifth", megabytes() - early[0], "MB more", GROWTH_MB)
    fired = sum(row[1] for row in outcome["rules"])
    yield Figure("  rules would have acted", fired, "times")


def counts(cases: int) -> Iterator[Figure]:
    told = {
        "columns": [("priority", "gt", 2), ("channel", "is", "email")],
        "columns and hours": [("line", "is", 1), ("hours_since_created", "gt", 100)],
        "hours alone": [("hours_since_created", "gt", 100)],
        "tags": [("tags", "has_none", ["tag-1"])],
        "words": [("text", "words", phrases("задержка доставки"))],
    }
    for name, asked in told.items():
        rows = [{"field": field, "op": op, "value": value} for field, op, value in asked]
        rule = {"on": ["client_replied"], "if": {"all": rows}}
        rule["then"] = [{"do": "add_tag", "value": ["tag-2"]}]
        began = time.perf_counter()
        with unit_of_work(writes=False):
            now = matching(rule, NOW_MS)
            counted = time.perf_counter()
            past = lately(rule, None, LATELY_MS)
        took = time.perf_counter() - began
        whole = "" if now.is_whole else f", at least: {now.looked_at:,} looked at"
        label = f"count of {cases:,}, {name}{whole}"
        yield Figure(label, (counted - began) * 1e3, "ms", AIM_COUNT_MS)
        yield Figure(f"  with the month, {past.looked_at:,} played", took * 1e3, "ms", AIM_BOTH_MS)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    sizes = (500, 1_000) if options.quick else (10_000, 100_000)
    figures: list[Figure] = []
    with fresh(options.database):
        client, author = without_rules()
        with unit_of_work():
            db.session.add_all([Tag(name=f"tag-{n}") for n in range(1, 31)])
            names.changed()
        with unit_of_work(writes=False):
            rules = definitions(RULES, options.seed)
            month = Month(client, options.seed)
            tags = [row.id for row in catalog().tags.values()]
        saved(rules, author)
        written(month, sizes[0], tags)
        figures += replay(sizes[0])
        figures += counts(sizes[0])
        written(month, sizes[1] - sizes[0], tags, events=1)
        figures += counts(sizes[1])
    show(figures, options)


def written(month: Month, cases: int, tags: list[int], events: int = EVENTS_PER_CASE) -> None:
    first = month.number + 1
    with unit_of_work():
        month.write(cases, events)
        pairs = [{"case_id": n, "tag_id": tags[n % 30]} for n in range(first, month.number, 3)]
        db.session.execute(insert(CaseTag), pairs)


if __name__ == "__main__":
    main()
