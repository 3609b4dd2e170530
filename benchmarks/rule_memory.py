"""What stays behind of triggers at work: bytes of a decision, and the panel "why?"."""

import random
from itertools import cycle

from flask import Flask
from sqlalchemy import func, select, text

from benchmarks.pages import alone
from benchmarks.place import Figure
from benchmarks.rule_desk import Definition, asked_texts, definitions, microseconds, saved
from core.bus import unit_of_work
from core.db import db
from desk import people, tickets
from desk.automation import explain
from desk.tickets import NewTicket
from models import (
    Case,
    Client,
    Decision,
    Role,
    RuleRun,
    Staff,
)
from tests.support.statements import statements

MIXED = 100  # rules on a mix of events
KINDS = ("ticket_created", "ticket_updated", "client_replied", "agent_replied", "priority_changed")
OF_ONE_CASE = 10  # occurrences
AIM_BYTES = 200
AIM_WHY_MS = 50


def mixed(count: int, seed: int) -> list[Definition]:
    """Rules on what happens in a desk; a third of them look for words."""
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    found = definitions(count, seed)
    words = ["оплата", "доставка", "возврат", "терминал", "чек", "курьер"]
    for one in found:
        one["on"] = [dice.choice(KINDS)]
        if dice.randrange(3) == 0:
            word = dice.choice(words)
            one["if"]["all"][0] = {"field": "text", "op": "contains", "value": word}
    return found


def _lived(client: int, staff: int, occurrences: int) -> int:
    """A ticket with a long life; its number. What happens is what happens to tickets."""
    texts = cycle(asked_texts())
    with unit_of_work():
        first = next(texts)
        who = db.session.get_one(Client, client)
        number = tickets.open_ticket(NewTicket(first[:80], first), requester=who).number
    for turn in range(occurrences - 1):
        with unit_of_work():
            case, who = db.session.get_one(Case, number), db.session.get_one(Client, client)
            by = db.session.get_one(Staff, staff)
            if turn % 3 == 0:
                tickets.client_reply(case, next(texts), by=who)
            elif turn % 3 == 1:
                tickets.reply(case, next(texts), by=by)
            else:
                tickets.set_priority(case, turn % 4 + 1, by=by)
    return number


def storage(client: int, staff: int, label: str, events: int) -> list[Figure]:
    """Bytes of what is kept, as whole rows: what the database's files grow by."""
    before = _stored()
    for _turn in range(events // OF_ONE_CASE):
        _lived(client, staff, OF_ONE_CASE)
    after = _stored()
    count = after["decision"][0] - before["decision"][0]
    sizes = {name: after[name][1] - before[name][1] for name in after}
    runs = after["rule_run"][0] - before["rule_run"][0]
    return [
        Figure(f"a decision, {label}", sizes["decision"] / count, "bytes", AIM_BYTES),
        Figure(f"the same with indexes, {label}", sizes["decision+"] / count, "bytes"),
        Figure(f"runs of rules, {label}", runs / count, "a decision"),
        Figure(f"a run, {label}", sizes["rule_run"] / max(runs, 1), "bytes"),
    ]


def _stored() -> dict[str, tuple[int, int]]:
    """Rows, and bytes of the pages that hold them; with a plus, the indexes too."""
    db.session.rollback()
    found = {}
    for model in (Decision, RuleRun):
        name = model.__tablename__
        count = db.session.scalar(select(func.count()).select_from(model)) or 0
        for sign in ("", "+"):
            found[name + sign] = (count, int(db.session.scalar(text(_size(name, sign))) or 0))
    return found


def _size(name: str, sign: str) -> str:
    if db.engine.dialect.name == "postgresql":
        asked = "pg_total_relation_size" if sign else "pg_relation_size"
        return f"SELECT {asked}('{name}')"
    many = "SELECT name FROM sqlite_master WHERE tbl_name = " if sign else ""
    return f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({many}'{name}')"  # noqa: S608 - our own


def panel(app: Flask, client: int, staff: int, occurrences: int, times: int) -> list[Figure]:
    """The panel "why?" of a ticket that much has happened to: as data, and as the page's part."""
    number = _lived(client, staff, occurrences)
    browser = app.test_client()
    with browser.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = db.session.get_one(Staff, staff).get_id(), True
    db.session.rollback()

    def data() -> None:
        with unit_of_work(writes=False):
            explain.why(db.session.get_one(Case, number))

    def drawn() -> None:
        headers = {"HX-Request": "true"}
        answer = alone(lambda path: browser.get(path, headers=headers), f"/agent/t/{number}/why")
        assert answer.status_code == 200, answer.status

    label = f"{occurrences} occurrences, {MIXED} rules"
    with statements() as asked:
        data()
    return [
        Figure(f"why? as data, {label}", microseconds(data, times) / 1000, "ms"),
        Figure(f"why? drawn, {label}", microseconds(drawn, times) / 1000, "ms", AIM_WHY_MS),
        Figure(f"why? as data, {label}", len(asked), "statements", 8),
    ]


def kept(app: Flask, client: int, author: int, seed: int, cases: int) -> list[Figure]:
    """What stays behind, with rules that all listen to an event and with such as desks have."""
    with unit_of_work():
        staff = people.new_staff(
            name="Маша", email="masha@kurier.example", role=Role.AGENT, password=None
        ).id
        every = [{**one, "on": list(KINDS)} for one in mixed(MIXED, seed)]
        some = mixed(MIXED, seed)
    saved(every, author)
    figures = storage(client, staff, f"{MIXED} rules, all on each event", cases * OF_ONE_CASE)
    figures += panel(app, client, staff, 200, 20)
    saved(some, author)
    figures += storage(client, staff, f"{MIXED} rules, each on one event", cases * OF_ONE_CASE)
    return figures
