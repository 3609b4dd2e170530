"""Counters that triggers and steps start and stop."""

from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import clocks, deadlines, tickets
from desk.automation.definition import references_gone
from desk.automation.explain import why
from desk.automation.pieces import plain
from desk.automation.told import told
from desk.deadlines import book
from desk.errors import Invalid
from desk.tickets import NewTicket
from models import (
    Client,
    Counter,
    CounterEpisode,
    CounterPolicy,
    CounterSpan,
    EventRecord,
    Staff,
)
from tests.desk.test_counters_played import played_all
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, cond, definition, do, given, runs, status, without_rules

NOTE = [do("add_note", text="Пора")]
OWN = {"kind": "custom", "options": {"starts": ["type_changed"], "stops": ["topic_changed"]}}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def open_one(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def counter(policy: int) -> Counter:
    db.session.expire_all()
    return db.session.query(Counter).filter_by(policy_id=policy).one()


def happened(kind: str) -> list[EventRecord]:
    return db.session.query(EventRecord).filter_by(kind=kind).order_by(EventRecord.id).all()


def test_a_trigger_starts_and_stops_a_clock(
    ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    policy = given_counter("Ждём деталь", anton, (60, NOTE), **OWN)
    given("Пуск", "note_added", [do("start_counter", policy)])
    given("Стоп", "client_replied", [do("stop_counter", policy)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Заказали", by=masha)
    assert counter(policy).state == "running"
    assert case(number).due_at == counter(policy).limit_at
    clock.advance(minutes=20)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Не надо", by=ivan)
    assert counter(policy).state == "stopped"
    assert case(number).due_at is None
    (kept,) = db.session.query(CounterEpisode).filter_by(policy_id=policy)
    assert (kept.outcome, kept.worked_seconds) == ("met", 20 * 60)
    with bus.unit_of_work(writes=False):
        (view,) = [each for each in deadlines.summary(case(number)) if each.policy_id == policy]
        for code, first, last in (
            ("ru", "запущен триггером «Пуск»", "остановлен триггером «Стоп»"),
            ("en", "started by the trigger “Пуск”", "stopped by the trigger “Стоп”"),
        ):
            with use_locale(code):
                told_lines = book.lines(view.spans, view.hours, view.now, view.limit)
                assert (told_lines[0].news, book.ended_by(view.spans)) == (first, last)


def test_what_is_so_already_is_said(ivan: Client, masha: Staff, anton: Staff) -> None:
    policy = given_counter("Свой", anton, (60, NOTE), **OWN)
    start = given("Пуск", "note_added", [do("start_counter", policy)])
    stop = given("Стоп", "client_replied", [do("stop_counter", policy)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    for _time in range(2):
        with bus.unit_of_work():
            tickets.add_note(case(number), "Ещё", by=masha)
    assert runs(stop)[0].effects[0]["receipts"] == [["", clocks.DOES_NOT_RUN]]
    assert [run.effects[0].get("receipts") for run in runs(start)] == [
        None,
        [["", clocks.RUNS_ALREADY]],
    ]
    assert counter(policy).episode == 1
    assert len(happened("counter_started")) == 1
    with bus.unit_of_work(writes=False), use_locale("ru"):
        (line,) = told(runs(start)[1].effects, [do("start_counter", policy)])
        assert line.held == "не сделано: он уже идёт"


def test_a_stop_at_the_beginning_keeps_the_clock_from_running(
    ivan: Client, anton: Staff, clock: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = given_counter("Без ответа", anton, (60, NOTE))
    given("Не надо", "ticket_created", [do("stop_counter", policy)])
    monkeypatch.setattr("core.clock._source", lambda: clock.advance(milliseconds=1))
    number = open_one(ivan)
    assert counter(policy).state == "stopped"
    assert case(number).due_at is None
    assert not db.session.query(CounterEpisode).count()


def test_counters_of_one_kind_share_a_clock(ivan: Client, masha: Staff, anton: Staff) -> None:
    first = given_counter("Обычный", anton, (60, NOTE), kind="solution")
    other = given_counter("Другой", anton, (60, NOTE), kind="solution")
    start = given("Пуск", "note_added", [do("start_counter", other)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Ещё", by=masha)
    assert counter(first).state == "running"
    assert not db.session.query(Counter).filter_by(policy_id=other).count()
    assert runs(start)[0].effects[0]["receipts"] == [["", clocks.ANOTHER_RUNS]]


def test_a_solved_ticket_gets_no_clock(ivan: Client, masha: Staff, anton: Staff) -> None:
    policy = given_counter("Свой", anton, (60, NOTE), **OWN)
    start = given("Пуск", "note_added", [do("start_counter", policy)])
    number, solved = open_one(ivan), status("solved")
    with bus.unit_of_work():
        tickets.change_status(case(number), solved, by=masha)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Ещё", by=masha)
    assert runs(start)[0].effects[0]["receipts"] == [["", clocks.IS_OVER]]
    assert not happened("counter_started")


def test_a_counter_that_fires_does_not_start_itself_anew(
    ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    policy = given_counter("Свой", anton, (10, NOTE), **OWN)
    given("Пуск", "type_changed", [do("start_counter", policy)])
    again = given("Снова", "counter_fired", [do("stop_counter", policy),
                                             do("start_counter", policy)])  # fmt: skip
    given("Пуск", "client_replied", [do("start_counter", policy)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    for _time in range(3):
        clock.advance(minutes=11)
        fire_all()
    assert counter(policy).state == "stopped"
    assert len(counter(policy).firings) == 1
    (run,) = runs(again)
    assert run.effects[1]["receipts"] == [["", clocks.WOULD_GO_ROUND]]


def test_two_that_start_each_other_are_stopped_after_ten_within_an_hour(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    one = given_counter("Раз", anton, (0, NOTE), **OWN)
    two = given_counter("Два", anton, (0, NOTE), **OWN)
    for mine, other, name in ((one, two, "А"), (two, one, "Б")):
        given(name, "counter_fired", [do("stop_counter", mine), do("start_counter", other)],
              cond("counter", "is", mine))  # fmt: skip
    given("Пуск", "client_replied", [do("start_counter", one)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    for _time in range(40):
        clock.advance(seconds=30)
        fire_all()
    assert len(happened("counter_fired")) <= 2 * clocks.MOST_STARTS
    assert {counter(one).state, counter(two).state} == {"stopped"}


def test_a_step_starts_another_counter(ivan: Client, anton: Staff, clock: Frozen) -> None:
    second = given_counter("Второй", anton, (60, NOTE), **OWN)
    first = given_counter("Первый", anton, (10, [do("start_counter", second),
                                                do("stop_counter", second)]))  # fmt: skip
    third = given_counter("Третий", anton, (10, [do("start_counter", second)]), kind="solution")
    number = open_one(ivan)
    clock.advance(minutes=11)
    fire_all()
    clock.advance(minutes=1)
    assert counter(first).next_step == counter(third).next_step == 1
    assert counter(second).state == "running"
    with bus.unit_of_work(writes=False), use_locale("ru"):
        (view,) = [each for each in deadlines.summary(case(number)) if each.policy_id == second]
        assert view.lines[0].news == "запущен счётчиком «Третий»"


def test_a_deleted_or_switched_off_counter_is_a_dead_reference(
    ivan: Client, masha: Staff, anton: Staff
) -> None:
    policy = given_counter("Свой", anton, (60, NOTE), **OWN)
    start = given("Пуск", "note_added", [do("start_counter", policy), do("set_priority", 4)])
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, policy), on=False, by=anton)
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Ещё", by=masha)
    assert case(number).priority == 4
    assert runs(start)[0].effects[0]["skipped"]
    for gone in (policy, 999):
        with bus.unit_of_work(writes=False):
            found = references_gone(definition("note_added", [do("start_counter", gone)]))
            assert [one.where for one in found] == ["then.0"]


def test_no_trigger_hears_of_it_and_why_says_it(ivan: Client, masha: Staff, anton: Staff) -> None:
    policy = given_counter("Свой", anton, (60, NOTE), **OWN)
    given("Пуск", "note_added", [do("start_counter", policy)])
    deaf = given("Любое", "ticket_updated", [do("add_tag", ["было"])])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Ещё", by=masha)
    assert len(runs(deaf)) == 1
    with bus.unit_of_work(writes=False), use_locale("ru"):
        stories = why(case(number)).stories
        said = [plain(line.said) for one in stories for run in one.runs for line in run.effects]
        assert "запустить счётчик Свой" in said


def test_a_clock_played_over_the_past_is_turned_too(
    ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    policy = given_counter("Свой", anton, (60, NOTE), **OWN)
    given("Пуск", "note_added", [do("start_counter", policy)])
    given("Стоп", "client_replied", [do("stop_counter", policy)])
    number = open_one(ivan)
    for _time in range(2):
        clock.advance(minutes=5)
        with bus.unit_of_work():
            tickets.add_note(case(number), "Ещё", by=masha)
        clock.advance(minutes=7)
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.add_note(case(number), "Ещё", by=masha)
    (played,) = [one for (_case, key), one in played_all().items() if key == f"custom:{policy}"]
    spans = db.session.query(CounterSpan).order_by(CounterSpan.id).all()
    lived = [(one.since, one.until, one.counts, one.reason) for one in spans]
    played_book = [span for run in played.runs for span in run.book]
    told_then = [(one.since, one.until, one.counts, one.reason) for one in played_book]
    assert told_then == lived
    assert [run.is_going for run in played.runs] == [False, False, True]
    assert played.runs[0].worked(played.runs[0].ended_at or clock.at) == timedelta(minutes=7)


def test_a_counter_may_wait_for_triggers_only(ivan: Client, masha: Staff, anton: Staff) -> None:
    options = {"starts": ["trigger"], "stops": ["trigger"]}
    policy = given_counter("Ждём деталь", anton, (60, NOTE), kind="custom", options=options)
    given("Пуск", "note_added", [do("start_counter", policy)])
    number = open_one(ivan)
    assert not db.session.query(Counter).count()
    with bus.unit_of_work():
        tickets.add_note(case(number), "Заказали", by=masha)
    assert counter(policy).state == "running"
    forged = {"starts": ["counter_started"], "stops": ["trigger"]}
    with pytest.raises(Invalid):
        given_counter("Эхо", anton, (60, NOTE), kind="custom", options=forged)
