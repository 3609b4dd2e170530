"""kill -9 in the middle of rules that set each other off: all of a chain happened, or nothing.

LINIYA_KILLS=300 for the whole number; LINIYA_SEED for another order.
"""

import os
import random
import signal
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from app import create_app
from core import bus
from core.config import Config
from core.db import db
from desk import history
from models import (
    Case,
    Decision,
    EventRecord,
    Message,
    OutboxItem,
    RuleRun,
)
from tests.faults.firing import BLIND, in_turns
from tests.faults.killing import Zygote, counts, zygote
from tests.support.rules import cond, do, given, mail, without_rules
from tests.support.smtp import Sink

KILLS = int(os.environ.get("LINIYA_KILLS", "40"))
SEED = int(os.environ.get("LINIYA_SEED", "1"))
LINKS = 3
POINTS = (
    *(f"rules.applied@{n}" for n in range(1, LINKS + 1)),
    *(f"rules.decided@{n}" for n in range(1, LINKS + 1)),
    *(f"outbox.put@{n}" for n in range(1, LINKS + 1)),
    "unit.before_commit",
    "unit.after_commit",
)
LATEST = 0.12  # seconds: about as long as the whole takes
# Of one ticket: itself, its events, messages, decisions, runs, mails.
KINDS = (Case, EventRecord, Message, Decision, RuleRun, OutboxItem)
WHOLE = [1, 4, 2, 3, 3, 3]

pytestmark = [pytest.mark.slow]


@pytest.fixture
def desk(own_database: Config, smtp: Sink) -> Iterator[Zygote]:
    """Three rules, each set off by what the one before it did, each with a mail."""
    app = create_app(own_database)
    with app.app_context():
        without_rules()
        given("Раз", "ticket_created", [do("set_priority", 3), mail(text="Раз")])
        high = cond("priority", "became", [3])
        given("Два", "priority_changed", [do("add_tag", ["срочно"]), mail(text="Два")], high)
        given("Три", "tags_changed", [do("add_note", text="Пора"), mail(text="Три")])
        db.session.remove()
        with zygote(own_database, smtp.url) as started:
            yield started
        db.session.remove()
        db.engine.dispose()


def test_a_chain_happens_whole_or_not_at_all(
    desk: Zygote, smtp: Sink, record_property: Callable[[str, object], None]
) -> None:
    dice = random.Random(SEED)  # noqa: S311 - the same kills each time
    nothing, by_point = counts(*KINDS), Tally[str]()
    for turn, point in enumerate(islice(in_turns(dice, (*POINTS, *[BLIND] * 3)), KILLS)):
        ticket = {"email": f"client{turn}@example.ru", "subject": f"Терминал {turn}"}
        _kill(desk, dice, point, ticket)
        by_point[point] += 1
        done = _whole(counts(*KINDS), nothing, turn)
        if not done:
            desk.done("open", **ticket)  # whoever brought the message brings it again
            assert _whole(counts(*KINDS), nothing, turn), f"seed {SEED}, turn {turn}"
    _rows_equal_their_events()
    desk.done("deliver")
    received = Tally((one.recipients[0], _words(one.mail)) for one in smtp.received)
    assert set(received.values()) == {1}
    assert len(received) == LINKS * KILLS
    record_property("kills in a chain of rules", f"{KILLS}, seed {SEED}, {dict(by_point)}")


def _kill(desk: Zygote, dice: random.Random, point: str, ticket: dict[str, str]) -> None:
    if point == BLIND:
        ended = desk.run("open", kill_after=dice.uniform(0, LATEST), **ticket)
        assert ended in (0, -signal.SIGKILL)
    else:
        desk.killed("open", point, **ticket)


def _whole(found: list[int], nothing: list[int], before: int) -> bool:
    """Whether there is one whole ticket more; it must be that or nothing."""
    more = [now - each for now, each in zip(found, nothing, strict=True)]
    assert more in ([before * each for each in WHOLE], [(before + 1) * each for each in WHOLE])
    return more[0] == before + 1


def _rows_equal_their_events() -> None:
    with bus.unit_of_work(writes=False):
        for case in db.session.query(Case):
            its = db.session.query(EventRecord).filter_by(case_id=case.id).order_by(EventRecord.id)
            assert history.fold(its.all()) == history.snapshot(case)
            assert (case.priority, case.tag_names) == (3, ["срочно"])
    keys = [key for (key,) in db.session.query(OutboxItem.dedupe_key)]
    assert len(set(keys)) == len(keys)


def _words(mail: object) -> str:
    text = mail.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    return next(word for word in ("Раз", "Два", "Три") if word in text)
