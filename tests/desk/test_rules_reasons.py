"""Decisions of before: kept as JSON, carried over by the migration, still explained."""

import json

from flask import Flask
from sqlalchemy import text

from app import create_app
from commands import migrate
from core import bus
from core.config import Config
from core.db import db
from desk import people, tickets
from desk.automation import explain
from desk.tickets import NewTicket
from models import Client, Decision
from tests.support.rules import case, cond, decisions, do, given, missed, without_rules


def test_an_older_row_is_explained(app: Flask, ivan: Client) -> None:
    without_rules()
    given("Срочное", "ticket_created", [do("add_tag", ["х"])], cond("priority", "is", 3))
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan).number
    (version,) = missed(decisions()[0])
    older = {"missed": {str(version): "if.0"}, "seen": {"priority": 1}}
    with bus.unit_of_work():
        db.session.query(Decision).one().packed = json.dumps(older).encode()
    with bus.unit_of_work(writes=False):
        (told,) = explain.why(case(number)).stories[0].not_run
        assert (told.path, told.seen) == ("if.0", "Низкий")


def test_the_migration_carries_older_rows_over(own_database: Config) -> None:
    app = create_app(own_database)
    with app.app_context():
        without_rules()
        given("Срочное", "ticket_created", [do("add_tag", ["х"])], cond("priority", "is", 3))
        with bus.unit_of_work():
            ivan = people.client_for("ivan@sevsklad.example", name="Иван Петров")
            tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan)
        db.session.remove()
        migrate.downgrade("0001")
        older = {"missed": {"7": "if.0", "8": "="}, "seen": {"subject": "Где «чек»?"}}
        kept = {name: json.dumps(value, ensure_ascii=False) for name, value in older.items()}
        with db.engine.begin() as connection:
            connection.execute(text(OLDER[db.engine.dialect.name]), kept)
        migrate.upgrade()
        packed = db.session.query(Decision).one().packed
        assert json.loads(packed) == older
        db.session.remove()
        db.engine.dispose()


OLDER = {
    "sqlite": "UPDATE decision SET missed = :missed, seen = :seen",
    "postgresql": "UPDATE decision SET missed = cast(:missed AS jsonb),"
    " seen = cast(:seen AS jsonb)",
}
