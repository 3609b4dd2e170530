"""The action that lets the dispatcher choose."""

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from models import Case, Client, EventRecord, RuleRun, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.routing import agent, arrives, hands_out, holder, queued
from tests.support.rules import case, do, without_rules
from tests.support.rules import given as given_rule
from tests.support.tickets import opened

RUN = {"do": "run_dispatcher", "value": "free"}


def test_a_trigger_runs_the_dispatcher_where_the_group_has_none(ivan: Client) -> None:
    without_rules()
    masha = agent("Маша", presence="off")
    group = hands_out("")
    given_rule("Раздать", "group_changed", [RUN])
    number = arrives(ivan, group)
    assert (holder(number), queued()) == (None, [number])
    with bus.unit_of_work():
        tickets.set_priority(case(number), 4, by=masha)
    assert queued() == [number]  # it stays asked for
    agent("Антон")
    with bus.unit_of_work():
        tickets.set_priority(case(number), 3, by=masha)
    assert (holder(number), queued()) == ("Антон", [])


def test_it_says_why_not(ivan: Client) -> None:
    without_rules()
    given_rule("Раздать", "ticket_created", [RUN])
    with bus.unit_of_work():
        number = opened(ivan).id
    run = db.session.query(RuleRun).filter_by(case_id=number).one()
    assert "the case is in no group" in str(run.effects)
    assert db.session.get_one(Case, number).assignee_id is None


def test_a_trigger_and_the_dispatcher_do_not_go_round_for_ever(ivan: Client) -> None:
    without_rules()
    agent("Маша")
    group = hands_out("")
    nobody = do("assign_person")
    given_rule("По кругу", "group_changed assignee_changed", [nobody, RUN], overwrite=True)
    number = arrives(ivan, group)
    assert db.session.get_one(Case, number, populate_existing=True).assignee_id is None
    assert queued() == []


def test_it_takes_a_case_from_who_has_it_if_somebody_else_can(
    clock: Frozen, ivan: Client, anton: Staff
) -> None:
    """A step of a counter: nobody answered, so somebody else shall."""
    without_rules()
    agent("Маша")
    group = hands_out()
    step = do("run_dispatcher", "again")
    given_counter("Ответ", anton, (30, [step]), (60, [step]), kind="first_answer", limit=30)
    number = arrives(ivan, group)
    assert holder(number) == "Маша"
    clock.advance(minutes=30)
    fire_all()
    assert holder(number) == "Маша"  # there is nobody else
    fired = db.session.query(EventRecord).filter_by(kind="counter_fired").one()
    assert "nobody else can take it" in str(fired.data["effects"])
    agent("Вера")
    clock.advance(minutes=30)
    fire_all()
    assert holder(number) == "Вера"
