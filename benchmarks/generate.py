"""Fills a database with tickets, quickly and always the same: python -m benchmarks.generate --help

Bulk inserts, but nothing a person could not have made: each case's row equals the fold of its
events, every message belongs to an event.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from benchmarks.place import arguments, fresh, questions
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import catalog as reference
from desk import faq, people
from desk.catalog import Catalog, catalog
from desk.faq import Wording
from models import (
    ArticleCategory,
    Case,
    Client,
    ContactPoint,
    EventRecord,
    Group,
    Membership,
    Message,
    Participant,
    Role,
)

AGENTS = 20
BATCH = 2_000
MINUTES_BETWEEN = 7
SOLVED_OF_TEN = 6

Row = dict[str, Any]


def fill(tickets: int, *, articles: int = 1_000, seed: int = 7) -> None:
    """Inside an application context, on a migrated database with reference rows."""
    dice = random.Random(seed)  # noqa: S311 - the same rows each time
    texts = questions()
    with unit_of_work():
        agents = _agents(dice)
        clients = _clients(max(50, tickets // 10))
    with unit_of_work():
        _articles(articles, texts, dice)
    began = clock.now() - timedelta(minutes=MINUTES_BETWEEN) * tickets
    for start in range(0, tickets, BATCH):
        size = min(BATCH, tickets - start)
        with unit_of_work():
            _batch(start, size, began, Picks(dice, texts, agents, clients, catalog()))
    _refresh_statistics()


class Picks:
    """What the dice choose from."""

    def __init__(
        self,
        dice: random.Random,
        texts: list[str],
        agents: list[int],
        clients: list[int],
        names: Catalog,
    ) -> None:
        self.dice, self.texts, self.agents, self.clients = dice, texts, agents, clients
        self.groups, self.types = list(names.groups), list(names.types)
        self.open = [s.id for s in names.statuses.values() if s.category in ("open", "pending")]
        self.solved = [s.id for s in names.statuses.values() if s.category == "solved"]
        self.new = next(s.id for s in names.statuses.values() if s.category == "new")
        self.category = {s.id: s.category for s in names.statuses.values()}


def _agents(dice: random.Random) -> list[int]:
    for key in ("couriers", "repair", "experts"):
        db.session.add(Group(key=key, name_ru=key.title(), name_en=key.title()))
    db.session.flush()
    groups = list(db.session.scalars(select(Group.id)))
    found = []
    for number in range(AGENTS):
        person = people.new_staff(
            name=f"Агент {number:02}",
            email=f"agent{number}@bench.example",
            role=Role.ADMIN if number == 0 else Role.AGENT,
            password=None,
        )
        row = Membership(staff_id=person.id, group_id=dice.choice(groups), since=clock.now())
        db.session.add(row)
        found.append(person.id)
    reference.changed()
    return found


def _clients(how_many: int) -> list[int]:
    at = clock.now()
    first = (db.session.scalar(select(Participant.id).order_by(Participant.id.desc())) or 0) + 1
    ids = list(range(first, first + how_many))
    base = {"kind": "client", "locale": "ru", "zone": "Europe/Moscow", "created_at": at}
    rows = [{"id": i, "name": f"Клиент {i}", "session_key": f"k{i}", **base} for i in ids]
    db.session.execute(insert(Participant.__table__), rows)
    db.session.execute(
        insert(Client.__table__), [{"id": i, "manages_company": False, "note": ""} for i in ids]
    )
    points = [
        {"participant_id": i, "kind": "email", "value": f"client{i}@bench.example"} for i in ids
    ]
    db.session.execute(insert(ContactPoint), points)
    _follow_sequence("participant")
    return ids


def _articles(how_many: int, texts: list[str], dice: random.Random) -> None:
    shelf = ArticleCategory(slug="bench", name_ru="Вопросы", name_en="Questions", icon="truck")
    db.session.add(shelf)
    for number in range(how_many):
        title = f"{texts[number % len(texts)].rstrip('?.!')[:150]} ({number})"
        body = "\n\n".join(dice.choices(texts, k=6))
        article = faq.create(shelf, {"ru": Wording(title, body)}, by=None, position=number)
        faq.publish(article)


def _batch(start: int, size: int, began: datetime, picks: Picks) -> None:
    first_case = (db.session.scalar(select(Case.id).order_by(Case.id.desc())) or 1000) + 1
    first_message = (db.session.scalar(select(Message.id).order_by(Message.id.desc())) or 0) + 1
    cases: list[Row] = []
    messages: list[Row] = []
    events: list[Row] = []
    for offset in range(size):
        at = began + timedelta(minutes=MINUTES_BETWEEN) * (start + offset)
        number, said = first_case + offset, first_message + 3 * offset
        case = _case(number, at, picks)
        cases.append(case)
        messages += _conversation(case, said, at, picks)
        events += _history(case, said, at, picks)
    for model, rows in ((Case, cases), (Message, messages), (EventRecord, events)):
        db.session.execute(insert(model.__table__), rows)
    for name in ("cases", "message", "event"):
        _follow_sequence(name)


def _case(number: int, at: datetime, picks: Picks) -> Row:
    dice = picks.dice
    agent = dice.choice(picks.agents) if dice.random() < 0.8 else None
    is_solved = agent is not None and dice.randrange(10) < SOLVED_OF_TEN
    status = dice.choice(picks.solved if is_solved else picks.open) if agent else picks.new
    last = at + timedelta(minutes=dice.randrange(5, 600))
    said = dice.choice(picks.texts)
    return {
        "id": number,
        "kind": "ticket",
        "subject": said[:120],
        "preview": said[:160],
        "channel": "portal",
        "locale": "ru",
        "direction_id": None,
        "requester_id": dice.choice(picks.clients),
        "status_id": status,
        "category": picks.category[status],
        "is_open": not is_solved,
        "assignee_id": agent,
        "group_id": dice.choice(picks.groups),
        "line": 1,
        "type_id": dice.choice(picks.types),
        "topic_id": None,
        "priority": dice.choice((1, 2, 2, 2, 3, 4)),
        "fields": {},
        "version": 4,
        "link_nonce": f"{number:016x}",
        "due_at": None,
        "created_at": at,
        "updated_at": last,
        "status_since": last,
        "last_client_at": at,
        "last_agent_at": last if agent else None,
        "first_answer_at": last if agent else None,
        "solved_at": last if is_solved else None,
    }


def _conversation(case: Row, first: int, at: datetime, picks: Picks) -> Iterator[Row]:
    agent = case["assignee_id"] or picks.agents[0]
    parts = ((case["requester_id"], "public", True), (agent, "note", False))
    for n, (author, kind, inbound) in enumerate((*parts, (agent, "public", False))):
        yield {
            "id": first + n,
            "case_id": case["id"],
            "author_id": author,
            "kind": kind,
            "inbound": inbound,
            "channel": "portal",
            "text": picks.dice.choice(picks.texts),
            "quoted": "",
            "at": at + timedelta(minutes=n),
        }


def _history(case: Row, first_message: int, at: datetime, picks: Picks) -> Iterator[Row]:
    """Created with all but the status and assignee; then assigned, answered, put into a status."""
    created = {
        "status": picks.new,
        "assignee": None,
        "group": case["group_id"],
        "line": 1,
        "type": case["type_id"],
        "topic": None,
        "priority": case["priority"],
        "direction": None,
        "requester": case["requester_id"],
        "subject": case["subject"],
        "channel": "portal",
        "locale": "ru",
        "tags": [],
    }
    agent = case["assignee_id"]
    actor = agent or picks.agents[0]
    steps: list[tuple[str, int, Row, Row]] = [
        (
            "ticket_created",
            case["requester_id"],
            {name: [None, value] for name, value in created.items()},
            {"message": first_message},
        ),
        ("note_added", actor, {}, {"message": first_message + 1}),
    ]
    if agent:
        steps.append(("assignee_changed", actor, {"assignee": [None, agent]}, {}))
    steps.append(("agent_replied", actor, {}, {"message": first_message + 2}))
    if case["status_id"] != picks.new:
        steps.append(("status_changed", actor, {"status": [picks.new, case["status_id"]]}, {}))
    for n, (kind, who, changes, data) in enumerate(steps):
        yield {
            "at": at + timedelta(minutes=n),
            "kind": kind,
            "unit": f"{case['id']:x}-{n}",
            "case_id": case["id"],
            "actor_id": who,
            "depth": 0,
            "changes": changes,
            "data": data,
        }


def _follow_sequence(table: str) -> None:
    """PostgreSQL does not see ids that were given by hand."""
    if db.session.connection().dialect.name == "postgresql":
        name = f"pg_get_serial_sequence('{table}', 'id')"
        db.session.execute(text(f"SELECT setval({name}, (SELECT max(id) FROM {table}))"))  # noqa: S608 - own names


def _refresh_statistics() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--tickets", type=int, default=10_000)
    options = parser.parse_args()
    with fresh(options.database):
        elapsed = clock.stopwatch()
        fill(options.tickets, seed=options.seed)
        seconds = elapsed() / 1000
        print(f"{options.tickets} tickets in {seconds:.1f} s: {options.tickets / seconds:.0f}/s")


if __name__ == "__main__":
    main()
