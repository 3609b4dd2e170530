"""Many cases with counters, made by the database itself: for benchmarks of counters."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    bindparam,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    text,
    true,
)
from sqlalchemy.sql.elements import ColumnElement

from benchmarks.generate import _follow_sequence
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import catalog as reference
from desk import deadlines, people
from desk.catalog import catalog
from models import (
    Calendar,
    Case,
    Counter,
    CounterPolicy,
    CounterPolicyVersion,
    CounterSpan,
    Participant,
    Role,
    Staff,
    StatusCategory,
)

FIRST = 1001
WEEK = [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []]
LIMIT = 480  # working minutes
STEP = [
    {"do": "add_note", "text": "Пора ответить"},
    {
        "do": "send_mail",
        "to": "assignee",
        "address": "",
        "subject": {"ru": "№ {{ticket.number}}: пора ответить", "en": "No. {{ticket.number}}"},
        "text": {"ru": "Тема: {{ticket.subject}}", "en": "Subject: {{ticket.subject}}"},
    },
]


def agents(how_many: int) -> list[int]:
    """So many that the brakes against storms of mail hold nothing back."""
    with unit_of_work():
        found = [
            people.new_staff(
                name=f"Агент {number:04}",
                email=f"agent{number}@bench.example",
                role=Role.ADMIN if number == 0 else Role.AGENT,
                password=None,
            ).id
            for number in range(how_many)
        ]
        reference.changed()
    return found


def given_policy(kind: str, name: str, by: int, *, steps: int = 1) -> int:
    """In force on all cases, on the calendar of an office with a lunch break."""
    with unit_of_work():
        row = CounterPolicy(kind=kind)
        version = CounterPolicyVersion(
            calendar=office(),
            conditions={},
            pause_statuses=[],
            limit_minutes=LIMIT,
            steps=[{"after": LIMIT + 60 * step, "then": STEP} for step in range(steps)],
        )
        author = db.session.get_one(Staff, by)
        deadlines.save_policy(row, version, by=author, names={"ru": name, "en": name})
        return row.id


def office() -> Calendar:
    return db.session.query(Calendar).filter_by(key="office").one()


def office_hours(week: list[Any], exceptions: dict[str, Any], by: int) -> None:
    with unit_of_work():
        deadlines.change_calendar(
            office(),
            by=db.session.get_one(Participant, by),
            week=week,
            exceptions=exceptions,
            holidays=None,
            zone="Europe/Moscow",
        )


def cases(first: int, how_many: int, staff: list[int]) -> None:
    """Open tickets numbered from `first`, dealt out to the staff in turns."""
    with unit_of_work():
        client = people.client_for("ivan@sevsklad.example", name="Иван Петров")
        db.session.flush()
        status = catalog().first_status(StatusCategory.OPEN).id
        at, n = clock.now() - timedelta(days=1), _numbers(first, how_many)
        values: dict[str, ColumnElement[Any]] = {
            "id": n.selected_columns[0],
            "assignee_id": literal(staff[0]) + n.selected_columns[0] % literal(len(staff)),
            "fields": literal({}, Case.fields.type),
            "is_open": true(),
        }
        plain = {"kind": "ticket", "subject": "Не печатает терминал", "preview": "", "line": 1}
        plain |= {"channel": "portal", "locale": "ru", "requester_id": client.id, "priority": 2}
        plain |= {"status_id": status, "category": "open", "version": 1, "link_nonce": "bench"}
        plain |= dict.fromkeys(("created_at", "updated_at", "status_since", "last_client_at"), at)
        _fill(Case, n, values | {name: _typed(Case, name, plain[name]) for name in plain})
        _follow_sequence("cases")


def counters(policy: int, first: int, how_many: int, due_at: datetime, spread: int = 0) -> None:
    """A running counter with its span on each of these cases; due within `spread` seconds."""
    with unit_of_work():
        _put_on(policy, _numbers(first, how_many), due_at, spread)


def counters_of_open(policy: int, due_at: datetime, spread: int) -> None:
    """The same on each open case."""
    with unit_of_work():
        _put_on(policy, select(Case.id).where(Case.is_open), due_at, spread)


def _put_on(policy: int, numbers: Select[tuple[int]], due_at: datetime, spread: int) -> None:
    version = deadlines.policies.in_force()[policy].version_id
    number = numbers.selected_columns[0]
    due = _later(due_at, number % literal(max(spread, 1)))
    since = clock.now() - timedelta(days=1)
    plain = {"policy_id": policy, "policy_version_id": version, "episode": 1}
    plain |= {"state": "running", "started_at": since, "limit_minutes": LIMIT}
    plain |= {"stale": False, "next_step": 0, "failures": 0, "error": "", "told": 0}
    values = {name: _typed(Counter, name, plain[name]) for name in plain}
    times = dict.fromkeys(("due_at", "limit_at", "near_at"), due)
    _fill(Counter, numbers, {"case_id": number} | times | values)
    _spans(policy, numbers, since)


def _spans(policy: int, numbers: Select[tuple[int]], since: datetime) -> None:
    mine = select(
        Counter.id,
        literal(1),
        _typed(CounterSpan, "since", since),
        true(),
        literal("started"),
    ).where(Counter.policy_id == policy, Counter.case_id.in_(numbers))
    columns = ["counter_id", "episode", "since", "counts", "reason"]
    db.session.execute(insert(CounterSpan.__table__).from_select(columns, mine))


def _numbers(first: int, how_many: int) -> Select[tuple[int]]:
    n = select(cast(literal(first), Integer).label("i")).cte("n", recursive=True)
    n = n.union_all(select(n.c.i + 1).where(n.c.i < first + how_many - 1))
    return select(n.c.i)


def _fill(model: Any, numbers: Select[Any], values: dict[str, ColumnElement[Any]]) -> None:
    rows = numbers.with_only_columns(*values.values())
    db.session.execute(insert(model.__table__).from_select(list(values), rows))


def _typed(model: Any, name: str, value: Any) -> ColumnElement[Any]:
    if value is None:
        return null()
    return bindparam(None, value, type_=model.__table__.c[name].type)


def _later(at: datetime, seconds: ColumnElement[int]) -> ColumnElement[Any]:
    """As each database keeps it: SQLite a text."""
    plain = at.replace(tzinfo=None)
    if db.engine.dialect.name == "postgresql":
        moved = func.make_interval(0, 0, 0, 0, 0, 0, seconds)
        return cast(literal(plain), db.DateTime) + moved
    modifier = func.printf("+%d seconds", seconds)
    return func.strftime(f"%Y-%m-%d %H:%M:%S.{plain:%f}", plain.isoformat(" "), modifier)


def refresh_statistics() -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
