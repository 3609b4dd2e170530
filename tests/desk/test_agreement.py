"""Live, try and explain say the same of generated rule sets and histories."""

from typing import Any
from unittest.mock import patch

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import bus
from core.db import db
from desk import events, tags, tickets
from desk.automation import explain, library, live, trial
from desk.automation.decision import STOPPED_BY, Decision
from desk.automation.evaluator import evaluate
from desk.automation.library import NewVersion
from desk.automation.memory import packed
from desk.automation.moment import Occurrence
from desk.catalog import catalog
from desk.history import Cause, actor_of
from desk.tickets import NewTicket
from models import Client, RuleRun, Staff
from tests.support.rules import case, cond, decisions, do, without_rules

Found = list[dict[str, Any]]
TAGS = st.lists(st.sampled_from("абв"), min_size=1, max_size=2)
PRIORITIES = st.integers(1, 4)

CONDITIONS = st.one_of(
    st.builds(cond, st.just("priority"), st.sampled_from(["is", "gt", "is_not"]), PRIORITIES),
    st.builds(cond, st.just("line"), st.just("is"), st.integers(1, 3)),
    st.builds(cond, st.just("tags"), st.sampled_from(["has_any", "has_none"]), TAGS),
    st.builds(cond, st.just("priority"), st.sampled_from(["was", "became"]),
              st.lists(PRIORITIES, min_size=1)),
    st.builds(cond, st.just("text"), st.sampled_from(["contains", "not_contains"]),
              st.sampled_from(["чек", "ау"])),
)  # fmt: skip
LISTS = st.lists(CONDITIONS, min_size=1, max_size=3)
GROUPS = st.one_of(*(st.fixed_dictionaries({kind: LISTS}) for kind in ("all", "any", "none")))
TREES = st.one_of(GROUPS, st.lists(GROUPS, max_size=2).map(lambda found: {"all": found}))
ACTIONS = st.one_of(
    st.builds(do, st.just("set_priority"), PRIORITIES),
    st.builds(do, st.just("add_tag"), TAGS),
    st.builds(do, st.just("remove_tag"), TAGS),
    st.builds(do, st.just("pass_to_line"), st.integers(1, 3)),
    st.just({"do": "add_note", "text": "Пора"}),
)
RULES = st.lists(
    st.fixed_dictionaries(
        {
            "on": st.lists(
                st.sampled_from(
                    ["ticket_created", "ticket_updated", "priority_changed", "client_replied"]
                ),
                min_size=1,
                max_size=2,
                unique=True,
            ),
            "if": TREES,
            "then": st.lists(ACTIONS, min_size=1, max_size=2),
            "run": st.sampled_from(["every", "once", "once_per_status"]),
            "stop": st.booleans(),
            "overwrite": st.booleans(),
        }
    ),
    min_size=1,
    max_size=6,
)
HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.just("priority"), PRIORITIES),
        st.tuples(st.just("reply"), st.sampled_from(["Где чек?", "ау"])),
        st.tuples(st.just("tag"), st.sampled_from("абв")),
        st.tuples(st.just("status"), st.sampled_from(["waiting", "solved"])),
    ),
    max_size=4,
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(found=RULES, history=HISTORIES)
def test_live_try_and_explain_agree(
    app: Flask, ivan: Client, masha: Staff, found: Found, history: list[tuple[str, Any]]
) -> None:
    without_rules()
    with bus.unit_of_work():
        for at, each in enumerate(found):
            library.create(NewVersion(each, f"Правило {at}"), by=actor_of(Cause()), state="on")
    seen = len(decisions())
    live_ones, number = _lived(ivan, masha, history)
    _explain_agrees(number, live_ones)
    assert len(decisions()) - seen == len(live_ones)
    _try_agrees(number)


def _lived(
    ivan: Client, masha: Staff, history: list[tuple[str, Any]]
) -> tuple[dict[int, Decision], int]:
    """What the evaluator said of each event while it happened, and the number of the ticket."""
    said: dict[int, Decision] = {}

    def noting(*asked: Any) -> Decision:
        decision = evaluate(*asked)
        occurrence: Occurrence = asked[2]
        if not decision.is_empty:
            _settle(decision)
            said[occurrence.event_id] = decision
        return decision

    with patch("desk.automation.live.evaluate", noting):
        with bus.unit_of_work():
            ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает чек"), requester=ivan)
        number = ticket.number
        for what, value in history:
            with bus.unit_of_work():
                _act(number, what, value, ivan, masha)
    return said, number


def _settle(decision: Decision) -> None:
    """Look up what was seen while the facts are still those of the moment."""
    object.__setattr__(decision, "settled", decision.misses)


def _act(number: int, what: str, value: Any, ivan: Client, masha: Staff) -> None:
    row = case(number)
    if what == "priority":
        tickets.set_priority(row, value, by=masha)
    elif what == "reply":
        tickets.client_reply(row, value, by=ivan)
    elif what == "tag":
        tags.add_tags(row, [value], by=masha)
    else:
        tickets.change_status(row, catalog().by_key("statuses", value).id, by=masha)


def _explain_agrees(number: int, lived: dict[int, Decision]) -> None:
    with bus.unit_of_work(writes=False):
        told = {story.event.id: story for story in explain.why(case(number)).stories}
        assert told.keys() == lived.keys()
        for event_id, decision in lived.items():
            story = told[event_id]
            ran = [(one.run.rule_id, one.run.state, one.run.effects) for one in story.runs]
            assert ran == [
                (run.rule.id, run.state, [packed(each) for each in run.effects])
                for run in decision.runs
            ]
            misses = getattr(decision, "settled")  # noqa: B009 - set above
            missed = {miss.rule.version_id: miss.path for miss in misses}
            paths = {one.version.id: one.path for one in story.not_run}
            assert paths == {
                number: path if path.startswith("if") else "" for number, path in missed.items()
            }
            stopped = [path for path in missed.values() if path.startswith(STOPPED_BY)]
            told_so = [one for one in story.not_run if "дальше не идти" in one.seen]
            assert len(told_so) == len(stopped)


def _try_agrees(number: int) -> None:
    """Tried on the ticket as it is, each rule does what live does with it alone."""
    with bus.unit_of_work():
        rows = library.versions_in_force()
        before = db.session.query(RuleRun).count()
        for version in rows.values():
            definition = {**version.definition, "run": "every"}
            tried = trial.try_on(definition, case(number))
            again = trial.try_on(definition, case(number))
            assert (tried.verdict, tried.effects) == (again.verdict, again.effects)
            group = definition["if"]
            if tried.event is None or not _asks_of_changes(group):
                facts = live.facts_of(case(number), _of(tried.event))
                assert tried.holds == live.conditions_hold_for(group, facts)
        assert db.session.query(RuleRun).count() == before


def _of(event: events.Event | None) -> Occurrence:
    return Occurrence((event,) if event else ())


def _asks_of_changes(node: dict[str, Any]) -> bool:
    return "was" in str(node) or "became" in str(node)
