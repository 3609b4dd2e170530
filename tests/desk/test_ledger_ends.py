"""What a ledger says of the end of a clock."""

from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.deadlines import CounterView
from models import Case, Client, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, do, given, status, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
BY_WORD = {"starts": ["trigger"], "stops": ["trigger"]}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def view(number: int, language: str = "ru") -> CounterView:
    with bus.unit_of_work(writes=False), use_locale(language, "Europe/Moscow"):
        (found,) = deadlines.summary(db.session.get_one(Case, number))
        assert found.lines
        assert found.ended_by
        return found


def test_an_answer(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    given_counter("Без ответа", anton, (15, NOTE), limit=15)
    number = opened(ivan).id
    clock.advance(minutes=22)
    with bus.unit_of_work():
        tickets.reply(case(number), "Да", by=masha)
    found = view(number)
    assert (found.ended_by, found.late_by) == ("дан ответ (Маша)", timedelta(minutes=7))
    assert view(number, "en").ended_by == "answered by Маша"
    assert [line.why for line in found.lines] == ["рабочее время"]


def test_an_assignee(clock: Frozen, anton: Staff, masha: Staff, olga: Staff, ivan: Client) -> None:
    given_counter("Очередь", anton, (15, NOTE), kind="queue_wait")
    taken, given_away = opened(ivan).id, opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.assign(case(taken), db.session.merge(masha), by=masha)
        tickets.assign(case(given_away), db.session.merge(masha), by=olga)
    assert view(taken).ended_by == "взято в работу (Маша)"
    assert view(given_away).ended_by == "назначен исполнитель (Ольга)"


def test_a_solution(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    given_counter("Решение", anton, (15, NOTE), kind="solution")
    by_masha, by_client = opened(ivan).id, opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.solve(case(by_masha), by=masha)
        tickets.solve(case(by_client), by=ivan)
    assert view(by_masha).ended_by == "решено (Маша)"
    assert view(by_client).ended_by == "решено (заявитель)"


def test_what_the_client_did(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    given_counter("Молчит", anton, (15, NOTE), kind="client_silent")
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.reply(case(number), "Да", by=masha)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Спасибо", by=ivan)
    assert view(number).ended_by == "Клиент ответил"


def test_a_trigger(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    given_counter("Решение", anton, (15, NOTE), kind="solution")
    given("Спам", "note_added", [do("set_status", status("solved"))])
    number = opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Спам", by=masha)
    assert view(number).ended_by == "решено (триггер «Спам»)"


def test_a_step_leaves_no_pause_behind(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a clock that goes on between two looks at it, as in life."""
    own = given_counter("Петля", anton, (60, NOTE), kind="custom", options=BY_WORD)
    given_counter("Решение", anton, (10, [do("start_counter", own)]), kind="solution")
    given_counter("Тишина", anton, (20, [do("stop_counter", own)]), kind="no_activity")
    number = opened(ivan).id
    monkeypatch.setattr("core.clock._source", lambda: clock.advance(milliseconds=1))
    for _step in range(2):
        clock.advance(minutes=11)
        fire_all()
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        every = deadlines.summary(db.session.get_one(Case, number))
        (found,) = [each for each in every if each.policy_id == own]
        told = [(line.news, line.why) for line in found.lines]
        assert told == [("запущен счётчиком «Решение»", "рабочее время")]
        assert found.ended_by == "остановлен счётчиком «Тишина»"
