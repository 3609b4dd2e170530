"""Another program that a trigger calls: after the commit, signed, never into the house."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from channels.deliver import deliver_due
from channels.webhook import send
from core import bus, outside
from core.clock import Frozen
from core.config import Config
from core.db import db
from desk import outbox, tickets
from desk.automation.replay.asked import ask
from desk.automation.trial import try_on
from desk.jobs import run_next
from desk.outbox import Mail
from desk.tickets import NewTicket
from models import Client, Job, OutboxItem, OutboxState, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, definition, do, given, runs, without_rules
from tests.support.webhook import Program, program

URL = "https://robot.example/in"


@pytest.fixture
def robot() -> Iterator[Program]:
    with program() as found:
        yield found


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def listed(app: Flask, robot: Program) -> Iterator[Config]:
    """The settings with the program on the list."""
    known = app.config["LINIYA"]
    app.config["LINIYA"] = Config(**{**vars(known), "webhook_hosts": robot.host})
    yield app.config["LINIYA"]
    app.config["LINIYA"] = known


def call(url: str, text: str = "") -> dict[str, Any]:
    return do("call_webhook", url=url, text=text)


def open_one(ivan: Client, subject: str = "Терминал") -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket(subject, "Не печатает"), requester=ivan).number


def queue(url: str, dedupe: str = "1") -> None:
    with bus.unit_of_work():
        outbox.put(Mail(url, "POST", '{"a": 1}', "webhook"), dedupe=dedupe, channel="webhook")


def items() -> list[OutboxItem]:
    db.session.expire_all()
    query = db.session.query(OutboxItem).filter_by(channel="webhook")
    return query.order_by(OutboxItem.id).all()


def test_it_is_told_of_the_ticket_after_the_commit(
    listed: Config, robot: Program, ivan: Client, clock: Frozen
) -> None:
    number = given(
        "Робот", "ticket_created", [call(robot.url, "№ {{ ticket.number }}: {{ message }}")]
    )
    ticket = open_one(ivan)
    assert not robot.calls
    assert deliver_due(listed) == 1
    assert deliver_due(listed) == 0
    (got,) = robot.calls
    body = json.loads(got.body)
    assert body["ticket"]["number"] == ticket
    assert (body["ticket"]["status"], body["ticket"]["subject"]) == ("new", "Терминал")
    assert body["ticket"]["link"].endswith(f"/agent/t/{ticket}")
    assert (body["event"]["kind"], body["trigger"]) == ("ticket_created", number)
    assert body["text"] == f"№ {ticket}: Не печатает"
    assert "ivan@sevsklad.example" not in got.body.decode()
    assert got.path == "/in?for=desk"
    (item,) = items()
    assert (item.state, item.receipt, item.case_id) == (OutboxState.SENT, "200", ticket)
    (run,) = runs()
    assert run.effects == [
        {"do": "call_webhook", "at": 0, "receipts": [[item.payload["subject"], ""]]}
    ]


def test_it_is_signed_and_each_try_has_the_same_key(
    listed: Config, robot: Program, clock: Frozen
) -> None:
    queue(robot.url)
    robot.answer = 503
    deliver_due(listed)
    assert (items()[0].state, items()[0].error[:3]) == (OutboxState.DEFERRED, "503")
    clock.advance(minutes=2)
    robot.answer = 204
    deliver_due(listed)
    assert (items()[0].state, items()[0].receipt) == (OutboxState.SENT, "204")
    first, second = (one.headers for one in robot.calls)
    assert first["Idempotency-Key"] == second["Idempotency-Key"]
    assert int(second["X-Liniya-Timestamp"]) - int(first["X-Liniya-Timestamp"]) == 120
    key = outside.key_for(listed.secret_key, "127.0.0.1")
    signed = f"{second['X-Liniya-Timestamp']}.".encode() + robot.calls[1].body
    expected = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    assert second["X-Liniya-Signature"] == f"sha256={expected}"
    assert second["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (201, OutboxState.SENT),
        (302, OutboxState.FAILED),
        (404, OutboxState.FAILED),
        (410, OutboxState.FAILED),
        (408, OutboxState.DEFERRED),
        (429, OutboxState.DEFERRED),
        (500, OutboxState.DEFERRED),
    ],
)
def test_answers(listed: Config, robot: Program, answer: int, state: OutboxState) -> None:
    robot.answer, robot.location = answer, f"http://{robot.host}/other"
    queue(robot.url)
    deliver_due(listed)
    (item,) = items()
    assert item.state == state
    assert str(answer) in item.receipt + item.error
    assert [one.path for one in robot.calls] == ["/in?for=desk"]


def test_after_two_days_it_has_failed_and_can_be_tried_once_more(
    listed: Config, robot: Program, clock: Frozen
) -> None:
    queue(robot.url)
    robot.answer = 500
    while items()[0].state != OutboxState.FAILED:
        assert deliver_due(listed) == 1
        clock.set(max(items()[0].next_at, clock.at + timedelta(minutes=1)))
    robot.answer = 200
    with bus.unit_of_work():
        outbox.retry(items()[0])
    deliver_due(listed)
    assert items()[0].state == OutboxState.SENT


def test_a_long_answer_is_not_read_to_its_end(listed: Config, robot: Program) -> None:
    robot.size = 50_000_000
    queue(robot.url)
    deliver_due(listed)
    assert items()[0].state == OutboxState.SENT


@pytest.mark.parametrize("drips", [False, True])
def test_who_says_nothing_is_cut_off_and_not_waited_for_twice(
    listed: Config, robot: Program, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    monkeypatch.setattr(send, "TIMEOUT_S", 0.3)
    robot.answer, robot.drips = None, drips
    queue(robot.url)
    queue(robot.url, "2")
    deliver_due(listed)
    assert [item.state for item in items()] == [OutboxState.DEFERRED] * 2
    assert len(robot.calls) == 1


def test_mail_does_not_wait_for_programs(
    listed: Config, robot: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    queue(robot.url)
    with bus.unit_of_work():
        outbox.put(Mail("ivan@sevsklad.example", "Тема", "Текст", "test"), dedupe="mail")
    monkeypatch.setattr(outbox, "mark_sent", lambda number, receipt: order.append(receipt))
    deliver_due(listed)
    assert order == ["console", "200"]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:{port}/",
        "https://localhost:{port}/",
        "https://[::1]:{port}/",
        "https://[::ffff:127.0.0.1]:{port}/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "http://127.0.0.1:{port}/",
    ],
)
def test_never_into_the_house(app: Flask, robot: Program, url: str) -> None:
    queue(url.format(port=robot.port))
    deliver_due(app.config["LINIYA"])
    (item,) = items()
    assert item.state == OutboxState.FAILED
    assert "LINIYA_WEBHOOK_HOSTS" in item.error
    assert not robot.calls


def test_trial_and_watching_say_it_and_send_nothing(
    listed: Config, robot: Program, ivan: Client
) -> None:
    given("Смотрит", "ticket_created", [call(robot.url)], state="shadow")
    ticket = open_one(ivan)
    with bus.unit_of_work():
        asked = definition("ticket_created", [call(robot.url, "{{ ticket.subject }}")])
        trial = try_on(asked, case(ticket))
        (shown,) = trial.letters
        assert shown.recipient == robot.url
        assert json.loads(shown.text)["text"] == "Терминал"
        assert trial.told[0].said[0].text == f"POST {robot.host}"
    assert not items()
    deliver_due(listed)
    assert not robot.calls
    assert [run.state for run in runs()] == ["shadow"]


def test_one_ticket_calls_ten_times_in_ten_minutes_at_most(
    listed: Config, robot: Program, ivan: Client, masha: Staff
) -> None:
    given("Робот", "note_added", [call(robot.url)])
    ticket, other = open_one(ivan), open_one(ivan)
    for number in [ticket] * 12 + [other]:
        with bus.unit_of_work():
            tickets.add_note(case(number), "Ещё", by=masha)
    assert [item.case_id for item in items()] == [ticket] * 10 + [other]
    held = [run for run in runs() if run.effects[0]["receipts"][0][1]]
    assert len(held) == 2


def test_a_counter_calls_too_and_each_once(
    listed: Config, robot: Program, ivan: Client, clock: Frozen, anton: Staff
) -> None:
    given_counter("Долго", anton, (30, [call(robot.url)]))
    open_one(ivan)
    clock.advance(minutes=31)
    fire_all()
    fire_all()
    deliver_due(listed)
    (got,) = robot.calls
    assert json.loads(got.body)["event"]["kind"] == "counter_fired"


def test_replay_counts_calls_and_makes_none(
    listed: Config, robot: Program, ivan: Client, anton: Staff, clock: Frozen
) -> None:
    open_one(ivan)
    open_one(ivan, "Касса")
    clock.advance(hours=1)
    asked = definition("ticket_created", [call(robot.url, "{{ ticket.subject }}")])
    with bus.unit_of_work():
        job = ask(asked, rule_id=None, name="", days=7, zone="UTC", by=anton).id
    while run_next():
        pass
    with bus.unit_of_work(writes=False):
        kept = db.session.get_one(Job, job).result
    assert (kept["calls"], kept["letters"]) == (2, [])
    assert [json.loads(one["text"])["text"] for one in kept["called"]] == ["Терминал", "Касса"]
    assert not items()
    assert not robot.calls
