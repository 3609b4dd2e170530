"""Why a ticket is as it is: each group of changes under its cause, each effect, each mail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk import outbox as queue
from desk.automation import explain, library
from desk.automation.explain import Story
from desk.automation.firings import runs_of
from desk.automation.pieces import plain
from desk.automation.told import Told
from desk.tickets import NewTicket
from models import Client, CounterPolicyVersion, EventRecord, Rule, RuleRun, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, cond, do, given, mail, outbox, without_rules

MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def stories(number: int) -> list[Story]:
    with bus.unit_of_work(writes=False):
        return explain.why(case(number)).stories


def said(lines: list[Told]) -> list[str]:
    """Each line as it reads on the page."""
    return [
        " ".join(filter(None, [one.label, one.before, one.after, plain(one.said), one.held]))
        for one in lines
    ]


STEP: list[dict[str, Any]] = [do("set_priority", 3), mail("client"), do("add_note", text="Пора")]


def test_the_step_of_a_counter_heads_all_that_it_did(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    given_counter("Нет ответа", anton, (15, STEP), en="No answer")
    given("Срочно", "priority_changed", [do("add_tag", ["горит"])])
    number = opened(ivan)
    clock.advance(minutes=15)
    fire_all()
    newest = stories(number)[0]
    (cause,) = newest.causes
    assert cause.who == "Счётчик «Нет ответа», шаг 1"
    assert said(cause.effects) == [
        "Приоритет Обычный Высокий",
        "Отправить письмо ivan@sevsklad.example",
        "Добавить заметку заметка «Пора»",
    ]
    assert [ran.run.rule.name for ran in newest.runs] == ["Срочно"]
    with use_locale("en"):
        (cause,) = stories(number)[0].causes
        assert cause.who == "Counter “No answer”, step 1"
        assert said(cause.effects)[1] == "Send a mail ivan@sevsklad.example"


def test_a_reminder_that_a_brake_refused_is_kept_and_shown(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    given_counter("Напоминание", anton, *[(n, [mail("client")]) for n in range(1, 13)])
    number = opened(ivan)
    clock.advance(minutes=12)
    fire_all()
    assert len(outbox()) == 10
    fired = db.session.query(EventRecord).filter_by(kind="counter_fired")
    last = fired.order_by(EventRecord.id.desc()).first()
    assert last is not None
    address = "ivan@sevsklad.example"
    assert last.data["effects"] == [
        {"do": "send_mail", "at": 0, "receipts": [[address, "too many mails to this address"]]}
    ]
    held = f"Отправить письмо {address} не отправлено, слишком много писем на этот адрес"
    assert said(stories(number)[0].causes[0].effects) == [held]
    with bus.unit_of_work(writes=False):
        (counter,) = deadlines.summary(case(number))
        assert said(counter.effects_of(counter.firings[0])) == [f"Отправить письмо {address}"]
        assert said(counter.effects_of(counter.firings[-1])) == [held]


def test_what_a_step_did_is_told_in_the_words_of_its_version(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    given_counter("Нет ответа", anton, (15, [do("add_note", text="Первая")]))
    number = opened(ivan)
    clock.advance(minutes=15)
    fire_all()
    with bus.unit_of_work():
        old = db.session.query(CounterPolicyVersion).one()
        new = CounterPolicyVersion(
            calendar=old.calendar,
            conditions={},
            pause_statuses=[],
            limit_minutes=60,
            steps=[{"after": 15, "then": [do("set_priority", 3)]}],
        )
        deadlines.save_policy(old.policy, new, by=anton)
    (cause,) = stories(number)[0].causes
    assert "Первая" in said(cause.effects)[0]


def test_a_step_that_failed_names_the_action(
    ivan: Client, anton: Staff, clock: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_counter("Нет ответа", anton, (15, [do("set_priority", 3), do("add_tag", ["горит"])]))
    number = opened(ivan)

    def broken(*_args: object, **_more: object) -> None:
        raise OSError("no priority today")

    monkeypatch.setattr(tickets, "set_priority", broken)
    clock.advance(minutes=15)
    fire_all()
    (cause,) = stories(number)[0].causes
    assert said(cause.effects) == [
        "Поставить приоритет OSError: no priority today",
        "Метки горит",
    ]


def test_all_that_a_person_did_at_once_stands_under_the_person(ivan: Client, masha: Staff) -> None:
    given("Срочно", "priority_changed", [do("add_tag", ["горит"])])
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.reply(case(number), "Едем", by=masha)
        tickets.set_priority(case(number), 3, by=masha)
    (cause,) = stories(number)[0].causes
    assert cause.who == "Маша"
    assert cause.said == [
        "Агент ответил",
        "Исполнитель: нет → Маша",
        "Приоритет: Обычный → Высокий",
    ]


def test_what_two_rules_did_stands_under_each_of_them(ivan: Client) -> None:
    given("Важный", "ticket_created", [do("set_priority", 3), do("add_tag", ["важно"])])
    given("Линия", "ticket_created", [do("pass_to_line", 2, reason="")])
    given("Ко второй", "line_changed", [do("add_note", text="Смотрим")])
    newest = stories(opened(ivan))[0]
    assert [(cause.who, len(cause.said)) for cause in newest.causes] == [
        ("Триггер «Важный»", 2),
        ("Триггер «Линия»", 1),
    ]
    assert [ran.run.rule.name for ran in newest.runs] == ["Ко второй"]


def test_what_the_step_did_is_no_part_of_what_rules_did_then(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    given_counter("Нет ответа", anton, (15, [do("set_priority", 3)]))
    given("Следом", "counter_fired", [do("add_tag", ["горит"])])
    given("Метка", "tags_changed", [do("pass_to_line", 2, reason="")])
    number = opened(ivan)
    clock.advance(minutes=15)
    fire_all()
    tagged, fired = stories(number)[:2]
    assert [cause.who for cause in tagged.causes] == ["Триггер «Следом»"]
    assert [cause.who for cause in fired.causes] == ["Счётчик «Нет ответа», шаг 1"]


def test_a_notice_that_a_rule_led_to_is_found_with_the_rule(ivan: Client, masha: Staff) -> None:
    number = opened(ivan)
    given("Заметка", "client_replied", [do("add_note", text="Смотри")])
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    (ran,) = stories(number)[0].runs
    assert said(ran.effects)[-1] == f"Уведомление по почте {masha.email}"


def test_two_that_undo_each_other_are_named(ivan: Client) -> None:
    on = "ticket_created priority_changed"
    first = given("Поднять", on, [do("set_priority", 3)], cond("priority", "lt", 3))
    second = given(
        "Опустить", "priority_changed", [do("set_priority", 1)], cond("priority", "is", 3)
    )
    number = opened(ivan)
    cut = db.session.query(RuleRun).filter_by(state="cut").one()
    decided = db.session.get_one(EventRecord, cut.decision.event_id)
    kept = decided.data["loops"][str(cut.rule_id)]
    assert kept["kind"] == "undo"
    assert [(each["id"], each["ru"]) for each in kept["rules"]] == [
        (first, "Поднять"),
        (second, "Опустить"),
        (first, "Поднять"),
    ]
    (ran,) = stories(number)[0].runs
    assert ran.loop is not None
    assert ran.loop.rules == ((first, "Поднять"), (second, "Опустить"), (first, "Поднять"))
    assert ran.loop.said == "Они отменяют друг друга, поэтому цепочка остановлена:"


def test_one_that_sets_itself_off_is_told_apart(ivan: Client) -> None:
    given("Сам", "ticket_updated ticket_created", [do("add_note", text="Ещё")])
    (ran,) = stories(opened(ivan))[0].runs
    assert ran.loop is not None
    assert (ran.loop.kind, len(ran.loop.rules)) == ("itself", 2)


def test_what_happened_while_all_were_stopped_is_told_so(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    given("Любое", "ticket_created client_replied", [do("add_tag", ["х"])])
    stop_all(True, anton)
    clock.advance(minutes=5)
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ну что там?", by=ivan)
    reply, created = stories(number)
    assert [cause.who for cause in (*reply.causes, *created.causes)] == ["Иван Петров"] * 2
    assert reply.stop is not None
    assert reply.stop == created.stop
    assert (reply.stop.who, reply.stop.at, reply.runs, reply.not_run) == ("Антон", MONDAY, [], [])
    stop_all(False, anton)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Вы там?", by=ivan)
    newest, *others = stories(number)
    assert [len(newest.runs), newest.stop] == [1, None]
    assert [one.event.id for one in others] == [reply.event.id, created.event.id]


def stop_all(stopped: bool, by: Staff) -> None:
    with bus.unit_of_work():
        library.stop_all(stopped, by=by)


def test_a_mail_that_was_refused_is_told_as_not_delivered(
    ivan: Client, anton: Staff, clock: Frozen
) -> None:
    """Of a trigger, in "why?" and among its runs, and of a counter."""
    rule = given("Письмо", "ticket_created", [mail("client")])
    given_counter("Долго", anton, (30, [mail("client")]))
    number = opened(ivan)
    clock.advance(minutes=31)
    fire_all()
    with bus.unit_of_work():
        first, second = outbox()
        queue.fail(first.id, "550 no such user")
        queue.defer(second.id, "451 later")
    with bus.unit_of_work(writes=False), use_locale("en"):
        newer, older = explain.why(case(number)).stories
        (run,) = runs_of(db.session.get_one(Rule, rule))[0]
        refused = "Send a mail ivan@sevsklad.example not delivered: 550 no such user"
        assert said(older.runs[0].effects) == said(run.effects) == [refused]
        assert said(newer.causes[0].effects)[0].endswith("not delivered yet: 451 later")


def test_the_history_names_what_the_trigger_heard(ivan: Client, masha: Staff) -> None:
    """Decisions are filed under the first of what happened at once: here the reply."""
    number = given("Срочно", "priority_changed", [do("add_tag", ["горит"])])
    ticket = opened(ivan)
    with bus.unit_of_work():
        tickets.reply(case(ticket), "Едем", by=masha)
        tickets.set_priority(case(ticket), 3, by=masha)
    with bus.unit_of_work(writes=False):
        (seen,), _more = runs_of(db.session.get_one(Rule, number))
        assert (seen.event.kind, seen.heard.kind) == ("agent_replied", "priority_changed")
