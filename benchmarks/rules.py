"""Triggers at work: python -m benchmarks.rules [--quick] [--json] [--database ...]

10, 100 and 1,000 active rules of 3 conditions, all of them on the event: the evaluation alone,
with reasons, beside a naive loop over the same JSON in the same run, and creating a ticket with
them and without. Then 100 rules on a mix of events: bytes of a decision, and the panel "why?".
"""

import json
import random
import time
from collections.abc import Callable
from functools import cache
from itertools import cycle
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text

from benchmarks.pages import alone
from benchmarks.place import Figure, arguments, fresh, questions, show
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import history, people, tickets
from desk.automation import explain, library
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.library import NewVersion
from desk.automation.moment import Moment, Occurrence
from desk.automation.ruleset import CompiledSet, active_versions, compiled_set
from desk.catalog import catalog
from desk.history import Cause
from desk.tickets import NewTicket
from models import (
    Case,
    Client,
    Decision,
    Participant,
    Role,
    Rule,
    RuleRun,
    RuleState,
    RuleVersion,
    Staff,
)
from tests.support.statements import statements

Definition = dict[str, Any]
EVENT = "ticket_created"
SIZES = (10, 100, 1_000)
AIM_US = {100: 20, 1_000: 150}  # performance.md, "Rules": the conditions alone
REASONS = 4  # times that, with every reason kept
BATCH = 10
MIXED = 100  # rules on a mix of events
KINDS = ("ticket_created", "ticket_updated", "client_replied", "agent_replied", "priority_changed")
OF_ONE_CASE = 10  # occurrences
AIM_BYTES = 200
AIM_WHY_MS = 50


def condition(dice: random.Random) -> Definition:
    """One of what companies ask for: a status, a line, a priority, a channel, a tag, a language."""
    asked: tuple[tuple[str, str, Any], ...] = (
        ("status", "is", dice.choice(list(catalog().statuses))),
        ("line", "is", dice.randint(1, 3)),
        ("priority", "any_of", dice.sample(range(1, 5), 2)),
        ("channel", "is", dice.choice(["portal", "email", "phone"])),
        ("tags", "has_any", [f"tag-{dice.randint(1, 30)}"]),
        ("locale", "is", dice.choice(["ru", "en"])),
    )
    field, op, value = dice.choice(asked)
    return {"field": field, "op": op, "value": value}


def definitions(count: int, seed: int) -> list[Definition]:
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    return [
        {
            "on": [EVENT],
            "if": {"all": [condition(dice) for _at in range(3)]},
            "then": [{"do": "add_tag", "value": [f"tag-{dice.randint(1, 30)}"]}],
        }
        for _rule in range(count)
    ]


def saved(found: list[Definition], author: int) -> None:
    """As rows, and the last one by the verb, which tells the processes of all."""
    with unit_of_work():
        who = db.session.get_one(Participant, author)
        for rule in library.rules():
            rule.deleted_at, rule.state = clock.now(), RuleState.OFF
        for at, one in enumerate(found[:-1]):
            rule = Rule(position=at, state=RuleState.ON, name_ru=f"Rule {at}", versions=[])
            rule.created_at, rule.version_number = clock.now(), 1
            db.session.add(rule)
            db.session.flush()
            version = RuleVersion(rule_id=rule.id, number=1, definition=one, author_id=who.id)
            version.at = clock.now()
            db.session.add(version)
        library.create(NewVersion(found[-1], "The last rule"), by=who, state=RuleState.ON)


def without_rules() -> tuple[int, int]:
    """A client who will write, and who changes the rules; the first rules go."""
    with unit_of_work():
        client = people.client_for("ivan@sevsklad.example", name="Иван Петров")
        author = history.actor_of(Cause())
        for rule in library.rules():
            library.delete(rule, by=author)
        return client.id, author.id


def naive(texts: list[str], facts: dict[str, Any]) -> int:
    """What a first attempt does: parse each rule, look at each condition."""
    held = 0
    for stored in texts:
        rule = json.loads(stored)
        if EVENT in rule["on"] and all(_holds(one, facts) for one in rule["if"]["all"]):
            held += 1
    return held


def _holds(asked: Definition, facts: dict[str, Any]) -> bool:
    seen, value = facts.get(asked["field"]), asked["value"]
    if asked["op"] == "is":
        return bool(seen == value)
    return seen in value if asked["op"] == "any_of" else bool(set(seen or ()) & set(value))


def microseconds(work: Callable[[], object], times: int) -> float:
    """Of CPU for one call: the median of batches, which other programs disturb little."""
    took = []
    for _turn in range(max(times // BATCH, 3)):
        began = time.process_time()
        for _call in range(BATCH):
            work()
        took.append((time.process_time() - began) * 1e6 / BATCH)
    return median(took)


def evaluation(count: int, seed: int, times: int) -> list[Figure]:
    with unit_of_work(writes=False):
        found = definitions(count, seed)
        rules: CompiledSet = compiled_set(active_versions())
        assert len(rules.rules) == count
        status = next(iter(catalog().statuses))
        facts = {"status": status, "line": 1, "priority": 2, "channel": "portal", "locale": "ru"}
        facts |= {"tags": [], "last_runs": {}}
        happened, now = Occurrence(kinds=frozenset([EVENT])), clock.now()
        moment = Moment(Facts(facts), {}, now)
        scan = rules.scan(happened.kinds)

        def all_conditions() -> None:
            assert scan(moment, 0, list[object]().append, lambda _at: True) == count

        asked = microseconds(all_conditions, times)
        ours = microseconds(lambda: evaluate(rules, Facts(facts), happened, now), times)
        texts = [json.dumps(one) for one in found]
        theirs = microseconds(lambda: naive(texts, facts), max(times // 20, 3))
    label, aim = f"{count:,} rules", AIM_US.get(count)
    return [
        Figure(f"conditions alone, {label}", asked, "us", aim),
        Figure(f"evaluation with reasons, {label}", ours, "us", aim and aim * REASONS),
        Figure(f"evaluation with reasons, {label}", 1e6 / ours, "events/s"),
        Figure(f"naive loop over JSON, {label}", theirs, "us"),
        Figure(f"naive loop to ours, {label}", theirs / ours, "times"),
    ]


def creation(client: int, times: int) -> float:
    """Milliseconds of a whole new ticket, committed."""
    texts = cycle(asked_texts())

    def create() -> None:
        text = next(texts)
        with unit_of_work():
            who = db.session.get_one(Client, client)
            tickets.open_ticket(NewTicket(text[:80], text), requester=who)

    return microseconds(create, times) / 1000


@cache
def asked_texts() -> list[str]:
    return questions()


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


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    times = 200 if options.quick else 2_000
    sizes = SIZES[:2] if options.quick else SIZES
    figures: list[Figure] = []
    with fresh(options.database) as app:
        client, author = without_rules()
        without = creation(client, times // 10)
        for count in sizes:
            with unit_of_work(writes=False):
                found = definitions(count, options.seed)
            saved(found, author)
            figures += evaluation(count, options.seed, times)
            took = creation(client, times // 10)
            figures.append(Figure(f"a whole new ticket, {count:,} rules", took, "ms"))
            figures.append(Figure(f"a whole new ticket, {count:,} rules", 1e3 / took, "tickets/s"))
        figures.append(Figure("a whole new ticket, no rules", without, "ms"))
        figures += kept(app, client, author, options.seed, 20 if options.quick else 60)
    show(figures, options)


if __name__ == "__main__":
    main()
