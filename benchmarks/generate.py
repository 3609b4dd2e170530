"""Fills a database with tickets, quickly and always the same: python -m benchmarks.generate --help

Bulk inserts of rows as benchmarks.case_rows makes them.
"""

import random
from datetime import datetime, timedelta

from sqlalchemy import insert, select, text

from benchmarks.case_rows import TAGS, Picks, Row, case_row, conversation, history
from benchmarks.place import arguments, fresh, questions
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import catalog as reference
from desk import faq, people
from desk.catalog import catalog
from desk.faq import Wording
from models import (
    ArticleCategory,
    Case,
    CaseTag,
    Client,
    ContactPoint,
    EventRecord,
    Group,
    Membership,
    Message,
    Participant,
    Role,
    Tag,
)

AGENTS = 20
BATCH = 2_000
MINUTES_BETWEEN = 7


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
    db.session.add_all(Tag(name=name) for name in TAGS)
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
    tags: list[Row] = []
    for offset in range(size):
        at = began + timedelta(minutes=MINUTES_BETWEEN) * (start + offset)
        number, said = first_case + offset, first_message + 3 * offset
        case, its_tags = case_row(number, at, picks), picks.some_tags()
        cases.append(case)
        messages += conversation(case, said, at, picks)
        events += history(case, said, at, picks, its_tags)
        tags += [{"case_id": number, "tag_id": picks.tags[name]} for name in its_tags]
    kept = ((Case, cases), (Message, messages), (EventRecord, events), (CaseTag, tags))
    for model, rows in kept:
        db.session.execute(insert(model.__table__), rows)
    for name in ("cases", "message", "event"):
        _follow_sequence(name)


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
