"""What must leave: once each, later when it can't now, named when never."""

from datetime import timedelta

import pytest
from flask import Flask

from channels.deliver import deliver_due
from core import bus
from core.clock import Frozen
from core.config import Config
from core.db import db
from desk import outbox, settings, tickets
from desk.outbox import Mail
from desk.tickets import NewTicket
from models import Case, Client, OutboxItem, OutboxState, Staff
from tests.support.smtp import Sink


def queue(recipient: str = "ivan@sevsklad.example", dedupe: str = "1", **more: object) -> None:
    with bus.unit_of_work():
        outbox.put(Mail(recipient, "Тема", "Текст", "test", **more), dedupe=dedupe)


def config(app: Flask, smtp: Sink | None) -> Config:
    known: Config = app.config["LINIYA"]
    return Config(**{**vars(known), "smtp_url": smtp.url if smtp else None})


def only() -> OutboxItem:
    db.session.expire_all()
    return db.session.query(OutboxItem).one()


def test_sent_once_with_its_message_id(app: Flask, smtp: Sink) -> None:
    queue()
    queue()
    assert deliver_due(config(app, smtp)) == 1
    assert deliver_due(config(app, smtp)) == 0
    (mail,) = smtp.to("ivan@sevsklad.example")
    assert mail["Message-ID"] == only().message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "Тема"
    assert (only().state, only().receipt) == (OutboxState.SENT, "250")


def test_a_domain_in_russian_letters(app: Flask, smtp: Sink) -> None:
    with bus.unit_of_work():
        outbox.put(Mail("x@почта.рф", "Тема", "Текст", "test"), dedupe="1")
    deliver_due(config(app, smtp))
    (one,) = smtp.received
    assert one.recipients == ["x@xn--80a1acny.xn--p1ai"]
    assert only().recipient == "x@почта.рф"


def test_letters_that_the_mail_server_does_not_take(app: Flask, smtp: Sink) -> None:
    with bus.unit_of_work():
        outbox.put(Mail("имя@example.org", "Тема", "Текст", "test"), dedupe="1")
    assert deliver_due(config(app, smtp)) == 1
    assert only().state == OutboxState.FAILED
    assert not smtp.received


def test_a_header_of_its_own_takes_the_place_of_the_usual(app: Flask, smtp: Sink) -> None:
    with bus.unit_of_work():
        mail = Mail(
            "x@example.org", "Тема", "Текст", "test", headers={"Auto-Submitted": "auto-replied"}
        )
        outbox.put(mail, dedupe="1")
    deliver_due(config(app, smtp))
    (sent,) = smtp.to("x@example.org")
    assert sent.get_all("Auto-Submitted") == ["auto-replied"]


def test_nothing_leaves_before_the_commit(app: Flask, smtp: Sink) -> None:
    with pytest.raises(ZeroDivisionError), bus.unit_of_work():
        outbox.put(Mail("ivan@sevsklad.example", "Тема", "Текст", "test"), dedupe="1")
        raise ZeroDivisionError
    assert deliver_due(config(app, smtp)) == 0
    assert not smtp.received


def test_without_a_mail_server_it_goes_to_the_console(app: Flask) -> None:
    queue()
    deliver_due(config(app, None))
    assert (only().state, only().receipt) == (OutboxState.SENT, "console")


def test_later_means_later_and_at_last_never(app: Flask, smtp: Sink, clock: Frozen) -> None:
    queue()
    smtp.answer = "451 try again"
    pauses = []
    while only().state != OutboxState.FAILED:
        assert deliver_due(config(app, smtp)) == 1
        assert deliver_due(config(app, smtp)) == 0
        pauses.append(only().next_at - clock.at)
        clock.set(max(only().next_at, clock.at + timedelta(minutes=1)))
    assert pauses[:3] == [timedelta(minutes=m) for m in (1, 5, 15)]
    assert clock.at - only().created_at > timedelta(hours=48)
    assert "451" in only().error
    with bus.unit_of_work():
        outbox.retry(only())
    smtp.answer = "250 kept"
    deliver_due(config(app, smtp))
    assert only().state == OutboxState.SENT


def test_refused_for_good_is_failed_and_others_go_on(app: Flask, smtp: Sink) -> None:
    queue()
    smtp.answer = "550 no such user"
    deliver_due(config(app, smtp))
    assert (only().state, only().error[:3]) == (OutboxState.FAILED, "550")


def test_no_server_is_later(app: Flask, clock: Frozen) -> None:
    queue()
    gone = Config(**{**vars(app.config["LINIYA"]), "smtp_url": "smtp://127.0.0.1:1"})
    deliver_due(gone)
    assert only().state == OutboxState.DEFERRED


def test_lease_of_the_dead_runs_out(app: Flask, smtp: Sink, clock: Frozen) -> None:
    queue()
    with bus.unit_of_work():
        assert outbox.claim(10)
    assert deliver_due(config(app, smtp)) == 0
    clock.advance(minutes=5, seconds=1)
    assert deliver_due(config(app, smtp)) == 1
    assert len(smtp.received) == 1


def test_the_only_process_need_not_wait_for_the_lease(app: Flask, smtp: Sink) -> None:
    queue()
    queue("galina@sevsklad.example", dedupe="2")
    with bus.unit_of_work():
        assert len(outbox.claim(1)) == 1
    assert deliver_due(config(app, smtp)) == 1
    with bus.unit_of_work():
        outbox.release()
    assert [deliver_due(config(app, smtp)) for _ in range(2)] == [1, 0]
    assert len(smtp.received) == 2


@pytest.mark.parametrize("recipient", ["a@b.example\r\nBcc: x@y.example", "", "@", "я@@я"])
def test_bad_addresses_never_reach_the_wire(app: Flask, smtp: Sink, recipient: str) -> None:
    queue(recipient)
    deliver_due(config(app, smtp))
    assert only().state == OutboxState.FAILED
    assert not smtp.received


def test_headers_can_not_be_injected(app: Flask, smtp: Sink) -> None:
    with bus.unit_of_work():
        mail = Mail("ivan@sevsklad.example", "a\r\nBcc: x@y.example", ".\r\n\r\n.", "test")
        outbox.put(mail, dedupe="1")
    deliver_due(config(app, smtp))
    (received,) = smtp.received
    assert received.recipients == ["ivan@sevsklad.example"]
    assert received.mail["Bcc"] is None
    assert received.mail["Subject"] == "a Bcc: x@y.example"


def test_answer_reaches_the_client_and_note_does_not(
    app: Flask, smtp: Sink, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        settings.put("support_email", "help@kurier.example")
        case = tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan)
        tickets.add_note(case, "секретная канарейка", by=masha)
        tickets.reply(case, "Перезагрузите <b>терминал</b>.\n\nПомогло?", by=masha)
    deliver_due(config(app, smtp))
    received, mail = smtp.to("ivan@sevsklad.example")  # the starter rule's "received", the answer
    assert "канарейка" not in str(received)
    assert mail["From"].addresses[0].addr_spec == "help@kurier.example"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Помогло?" in text
    assert "Маша" in text
    assert "/r/" in text
    assert "&lt;b&gt;терминал" in html
    assert "канарейка" not in text + html


def test_staff_hear_of_work_and_words_but_not_of_their_own(
    app: Flask, smtp: Sink, masha: Staff, sergey: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Терминал", "Чек"), requester=ivan).number
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.assign(case, masha, by=masha)
        tickets.assign(case, sergey, by=masha)
        tickets.add_note(case, "посмотри", by=masha)
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, number), "Ну что?", by=ivan)
    deliver_due(config(app, smtp))
    assert not smtp.to("masha@kurier.example")
    subjects = [mail["Subject"] for mail in smtp.to("sergey@kurier.example")]
    assert len(subjects) == 2
