"""The ground that tests stand on is itself tried."""

import smtplib
import socket
from email.message import EmailMessage
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text

from core import clock as core_clock
from core.bus import unit_of_work
from core.db import db
from desk import people, settings
from models import Participant
from tests.support.client import Client, filled
from tests.support.databases import Databases
from tests.support.network import OutsideConnection, is_loopback
from tests.support.server import LiveServer
from tests.support.smtp import Sink


@pytest.mark.parametrize("turn", range(2))
def test_each_test_finds_the_database_as_new(app: Any, turn: int) -> None:
    with unit_of_work():
        assert settings.get("promise_minutes") == settings.DEFAULTS["promise_minutes"]
        assert people.by_email("ivan@sevsklad.example") is None
        people.client_for("ivan@sevsklad.example", name="Иван")
        settings.put("promise_minutes", 5)
    assert db.session.query(Participant).filter_by(name="Иван").count() == 1


def test_the_clock_stands_until_it_is_moved(clock: core_clock.Frozen) -> None:
    began = core_clock.now()
    clock.advance(minutes=15)
    assert (core_clock.now() - began).total_seconds() == 15 * 60


@pytest.mark.one_database
def test_who_still_holds_the_last_tests_database_disturbs_nobody(
    app: Flask, databases: Databases
) -> None:
    put = "INSERT INTO setting (key, value) VALUES ('{}', '1')"
    straggler = db.engine.raw_connection()
    straggler.cursor().execute(put.format("late"))
    databases.prepared("sqlite")
    with db.engine.begin() as connection:
        connection.execute(text(put.format("new")))
        straggler.cursor().execute(put.format("later"))
        straggler.close()
        found = connection.scalars(text("SELECT key FROM setting WHERE value = '1'"))
        assert found.all() == ["new"]


@pytest.mark.one_database
def test_served_pages_see_what_the_test_committed(
    app: Any, client: Client, live_server: LiveServer
) -> None:
    assert client.get("/healthz").status_code == 200
    with urlopen(f"{live_server.url}/healthz") as answer:
        assert answer.status == 200
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{live_server.url}/no-such-page")
    assert refused.value.code == 404
    refused.value.close()


@pytest.mark.one_database
def test_a_change_outside_a_unit_of_work_is_noticed(app: Any, client: Client) -> None:
    participant = db.session.query(Participant).first()
    participant.name = "changed in passing"
    with pytest.raises(AssertionError, match="outside a unit of work"):
        client.get("/healthz")
    db.session.rollback()


def test_other_machines_are_out_of_reach(outside_connections: list[str]) -> None:
    with pytest.raises(OutsideConnection):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OutsideConnection):
        socket.getaddrinfo("mail.example", 25)
    assert len(outside_connections) == 2
    outside_connections.clear()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
    ],
)
def test_what_counts_as_this_machine(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_the_mail_sink_keeps_and_refuses(smtp: Sink) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Заявка принята"
    mail.set_content("Здравствуйте, Иван!")
    with smtplib.SMTP("127.0.0.1", smtp.port) as line:
        line.send_message(mail, "robot@kurier.example", ["ivan@sevsklad.example"])
        smtp.answer = "451 later"
        with pytest.raises(smtplib.SMTPDataError):
            line.send_message(mail, "robot@kurier.example", ["ivan@sevsklad.example"])
    (kept,) = smtp.to("ivan@sevsklad.example")
    assert kept["Subject"] == "Заявка принята"


def test_a_page_opens_in_the_browser(page: Any, live_server: LiveServer) -> None:
    page.goto("/healthz")
    assert "ok" in page.content()
    refused = page.evaluate("fetch('http://elsewhere.example/').then(() => 'open', () => 'closed')")
    assert refused == "closed"
    page.alarms.clear()  # the policy of the page may have said why


def test_a_form_is_filled_as_a_browser_would() -> None:
    page = BeautifulSoup(
        """
        <form><input name="token" type="hidden" value="t"><input name="subject">
        <input type="checkbox" name="a" value="1" checked><input type="checkbox" name="b">
        <textarea name="text">\nДобрый день</textarea>
        <select name="kind"><option value="q">?<option value="p" selected>!</select>
        <button name="go" value="1">Go</button></form>
        """,
        "html.parser",
    )
    assert page.form is not None
    assert filled(page.form) == {
        "token": "t",
        "subject": "",
        "a": ["1"],
        "text": "Добрый день",
        "kind": ["p"],
    }
