"""Rules of any make do to a ticket what their plan says, in small worlds where they often meet."""

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import bus, clock
from core.db import db
from desk import history, tickets
from desk.automation import evaluate, library
from desk.automation.field import Subject
from desk.automation.fields import FIELDS
from desk.automation.library import NewVersion
from desk.automation.moment import occurrence_of
from desk.automation.ruleset import current
from desk.history import Cause, actor_of
from desk.tickets import NewTicket
from models import (
    Client,
    EventRecord,
)
from tests.support.rules import case, cond, decisions, definition, do, missed, without_rules

# Small worlds, so that rules often hold, chain and get in each other's way.
CONDITIONS = st.one_of(
    st.builds(cond, st.just("priority"), st.sampled_from(["is", "gt"]), st.integers(1, 4)),
    st.builds(cond, st.just("line"), st.just("is"), st.integers(1, 3)),
    st.builds(cond, st.just("tags"), st.sampled_from(["has_any", "has_none"]),
              st.lists(st.sampled_from("абв"), min_size=1, max_size=2)),
    st.builds(cond, st.just("priority"), st.just("was"), st.lists(st.integers(1, 4), min_size=1)),
    st.builds(cond, st.just("text"), st.just("contains"), st.sampled_from(["чек", "сад"])),
)  # fmt: skip


GROUPS = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(
        lambda kind, children: {kind: children},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)


DOINGS = st.one_of(
    st.builds(do, st.just("set_priority"), st.integers(1, 4)),
    st.builds(do, st.just("pass_to_line"), st.integers(1, 3)),
    st.builds(do, st.sampled_from(["add_tag", "remove_tag"]),
              st.lists(st.sampled_from("абв"), min_size=1, max_size=2)),
)  # fmt: skip


RULES = st.lists(
    st.builds(
        lambda on, group, then, stop, run: definition(
            on, then, *([group] if group else []), stop=stop, run=run
        ),
        st.sampled_from(["ticket_created", "ticket_updated", "ticket_created tags_changed"]),
        st.none() | GROUPS,
        st.lists(DOINGS, min_size=1, max_size=2),
        st.booleans(),
        st.sampled_from(["every", "once"]),
    ),
    min_size=1,
    max_size=5,
)


def depth(node: dict[str, Any]) -> int:
    return 1 + max((depth(c) for kids in node.values() if isinstance(kids, list)
                    for c in kids if isinstance(c, dict)), default=0)  # fmt: skip


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(found=RULES.filter(lambda rules: all(depth(one["if"]) <= 4 for one in rules)))
def test_live_equals_the_plan(app: Flask, ivan: Client, found: list[dict[str, Any]]) -> None:
    without_rules()
    with bus.unit_of_work():
        for at, each in enumerate(found):
            library.create(NewVersion(each, f"Правило {at}"), by=actor_of(Cause()), state="on")
    seen = len(decisions())
    with bus.unit_of_work():
        opened = tickets.open_ticket(NewTicket("Терминал", "Не печатает чек"), requester=ivan)
        occurrence = occurrence_of(list(bus.unit().events))
        text = FIELDS["text"].of(Subject(opened, occurrence))
        facts = history.snapshot(opened) | {"text": text, "created_at": opened.created_at}
        plan = evaluate(current(), facts, occurrence, clock.now())
        number = opened.number
    happened = decisions()[seen:]
    first = happened[0] if happened else None
    stored = [(run.rule_id, run.state, run.effects) for run in first.runs] if first else []
    assert stored == [
        (run.rule.id, run.state, [told(effect) for effect in run.effects]) for run in plan.runs
    ]
    asked = {miss.rule.version_id: miss.path.partition(":")[0] for miss in plan.misses}
    kept = missed(first) if first else {}
    assert {number: path.partition(":")[0] for number, path in kept.items()} == asked
    records = db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id)
    with bus.unit_of_work(writes=False):
        assert history.fold(records.all()) == history.snapshot(case(number))
    assert max(record.depth for record in records) <= 10


def told(effect: Any) -> dict[str, Any]:
    changes = {name: list(pair) for name, pair in effect.changes.items()}
    kept = {"do": effect.stored["do"], "at": effect.at}
    return kept | ({"changes": changes} if changes else {})
