"""The clock of one ticket as it would be under a counter that is being written."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from desk import tickets
from desk.deadlines.of_ticket import clock_of
from desk.errors import Invalid
from models import (
    Client,
    Staff,
)
from tests.desk.test_counter_replay import NOTE, change, draft_of, status
from tests.support.counters import given_counter
from tests.support.rules import cond, without_rules
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def test_the_clock_of_a_ticket_under_a_draft(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Other limit, other pauses, from what happened on the ticket itself."""
    policy = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    number = opened(ivan).id
    clock.advance(minutes=20)
    change(number, tickets.change_status, status("waiting"), by=masha)
    clock.advance(minutes=60)
    change(number, tickets.change_status, status("in_work"), by=masha)
    clock.advance(minutes=15)
    steps = [{"after": 30, "then": NOTE}, {"after": 40, "then": NOTE}]
    draft = draft_of(policy, limit=40, pause=[status("waiting")], steps=steps)
    with bus.unit_of_work(writes=False):
        (run,) = clock_of(number, draft, anton).runs
        lines, bar = run.view.lines, run.view.bar
    assert (run.view.worked, run.view.left) == (timedelta(minutes=35), timedelta(minutes=5))
    assert [line.paused for line in lines] == [False, True, False]
    assert [step.moment for step in run.steps] == ["за 10\N{NO-BREAK SPACE}мин до срока"]
    assert run.view.limit_at == clock.at + timedelta(minutes=5)
    assert [piece.kind for piece in bar] == ["work", "pause", "work"]


def test_why_it_would_not_count(clock: Frozen, anton: Staff, ivan: Client) -> None:
    urgent = {"all": [cond("priority", "is", 4)]}
    first = given_counter("Все", anton, (60, NOTE), limit=60)
    second = given_counter("Прочие", anton, (60, NOTE), limit=60)
    number = opened(ivan).id

    def why(draft: dict[str, Any]) -> str:
        with bus.unit_of_work(writes=False):
            return clock_of(number, draft, anton).why_not

    assert why(draft_of(second)) == "Его считает «Все»: он стоит выше и подходит."
    assert why(draft_of(first, conditions=urgent)).startswith("Обращение не подходило под условия")
    options = {"starts": ["agent_replied"], "stops": ["note_added"]}
    own = draft_of(first, policy=None, kind="custom", options=options)
    assert why(own).startswith("Того, что запускает")
    assert why(draft_of(first)) == ""


def test_tickets_that_are_not_there(anton: Staff) -> None:
    draft = draft_of(given_counter("Все", anton, (60, NOTE), limit=60))
    for number, said in ((None, "Напишите номер"), (999, "Обращения 999 нет")):
        with bus.unit_of_work(writes=False), pytest.raises(Invalid, match=said):
            clock_of(number, draft, anton)
