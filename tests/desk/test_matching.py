"""The live count says what asking every open ticket says, quickly."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tags
from desk.automation.definition import root_of
from desk.automation.live import conditions_hold
from desk.automation.replay.lately import lately
from desk.automation.replay.matching import Matching, matching
from models import Case, Client, Staff, Ticket
from tests.support.rule_dice import Dice
from tests.support.rules import cond, definition, do, given, runs, without_rules
from tests.support.statements import statements
from tests.support.tickets import opened

THEN = [do("add_tag", ["подошло"])]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def counted(*conditions: dict[str, object], budget: float | None = None) -> Matching:
    with bus.unit_of_work(writes=False):
        return matching(definition("ticket_created", THEN, *conditions), budget)


def test_the_number_is_that_of_asking_every_ticket(
    clock: Frozen, masha: Staff, sergey: Staff, ivan: Client, galina: Client
) -> None:
    """Forty rules, with every kind of group, on a desk that has been worked at."""
    dice = Dice(3, [masha, sergey])
    dice.history(ivan, clock, cases=10, acts=40)
    dice.history(galina, clock, cases=10, acts=40)
    seen = set()
    for one in dice.rules(40):
        with bus.unit_of_work(writes=False):
            open_ones = db.session.query(Ticket).filter(Case.is_open).order_by(Case.id.desc())
            true = [case.id for case in open_ones if conditions_hold(root_of(one), case)]
            found = matching(one)
            assert (found.cases, list(found.newest)) == (len(true), true), one["if"]
            assert found.open == open_ones.count()
            assert found.is_whole
        seen.add(len(true))
    assert len(seen) > 5


def test_columns_are_asked_by_sql_alone(masha: Staff, ivan: Client) -> None:
    for _time in range(3):
        opened(ivan)
    nobody, ours = cond("assignee", "empty"), cond("assignee", "not_empty")
    assert counted(nobody, cond("status_category", "is", "new")).cases == 3
    assert counted(ours).cases == 0
    with statements() as asked, bus.unit_of_work(writes=False):
        matching(definition("ticket_created", THEN, nobody))
    assert not any("subject" in statement for statement in asked)


def test_only_cases_of_the_kind_are_counted(ivan: Client) -> None:
    opened(ivan)
    with bus.unit_of_work(writes=False):
        talks = matching(definition("dialog_created", THEN))
    assert (talks.cases, talks.open) == (0, 0)
    assert counted().cases == 1


def test_at_least_when_there_is_no_time(ivan: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.automation.replay.matching.CHUNK", 2)
    for _time in range(5):
        opened(ivan)
    words = cond("text", "contains", "чек")
    hurried = counted(words, budget=0)
    assert (hurried.cases, hurried.looked_at, hurried.is_whole) == (2, 2, False)
    assert counted(words).cases == 5


def test_sql_too_says_at_least_when_there_is_no_time(
    clock: Frozen, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those touched last are asked first; with time enough nothing is left out or asked twice."""
    monkeypatch.setattr("desk.automation.replay.matching.STRIDE", 2)
    numbers = []
    for _time in range(5):
        numbers.append(opened(ivan).id)
        clock.advance(minutes=1)
    columns = cond("priority", "lt", 4)
    hurried = counted(columns, budget=0)
    assert (hurried.cases, hurried.open, hurried.looked_at, hurried.is_whole) == (2, 5, 2, False)
    assert hurried.newest == (numbers[4], numbers[3])
    whole = counted(columns, budget=60_000)
    assert (whole.cases, whole.looked_at, whole.is_whole) == (5, 5, True)
    assert whole.newest == tuple(reversed(numbers))


def test_tickets_touched_at_the_same_instant_are_counted_once(
    clock: Frozen, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.automation.replay.matching.STRIDE", 2)
    for _time in range(5):
        opened(ivan)
    assert counted(cond("priority", "lt", 4)).cases == 5


def test_a_channel_that_has_no_name_is_asked_as_the_engine_asks(ivan: Client) -> None:
    for channel in ("portal", "fax"):
        number = opened(ivan).id
        with bus.unit_of_work():
            db.session.get_one(Case, number).channel = channel
    asked = [cond("channel", op, "fax") for op in ("is", "is_not")]
    asked += [cond("channel", op, ["portal"]) for op in ("any_of", "none_of")]
    asked += [cond("channel", "any_of", ["portal", "fax"]), cond("channel", "not_empty")]
    for one in asked:
        with bus.unit_of_work(writes=False):
            open_ones = db.session.query(Ticket).order_by(Case.id.desc())
            true = [case.id for case in open_ones if conditions_hold({"all": [one]}, case)]
        assert list(counted(one).newest) == true, one


def test_no_column_is_read_for_what_it_may_hold(ivan: Client) -> None:
    """One look at all open tickets costs as much as the count."""
    opened(ivan)
    asked = [cond("channel", "is", "email"), cond("line", "is", 1), cond("priority", "gt", 2)]
    with statements() as said, bus.unit_of_work(writes=False):
        matching(definition("client_replied", THEN, *asked))
    assert not any("DISTINCT" in statement for statement in said)


def test_lately_is_what_it_did(clock: Frozen, masha: Staff, ivan: Client) -> None:
    """A rule that ran all the time would have acted as often as it did."""
    dice = Dice(5, [masha])
    number = given("Ответ", "client_replied", [do("add_note", text="заметка")])
    dice.history(ivan, clock, cases=4, acts=30)
    with bus.unit_of_work(writes=False):
        again = definition("client_replied", [do("add_note", text="заметка")])
        found = lately(again, number)
        assert (found.fired, found.is_whole) == (len(runs(number)), True)
        elsewhere = lately(definition("client_replied", THEN, run="once"), number)
    assert elsewhere.fired == len({run.case_id for run in runs(number)})


def test_lately_is_reckoned_from_a_sample(ivan: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.automation.replay.lately.CHUNK", 4)
    for _time in range(6):
        opened(ivan)
    with bus.unit_of_work(writes=False):
        found = lately(definition("ticket_created", THEN), budget_ms=0)
    assert (found.fired, found.cases, found.looked_at) == (6, 6, 4)
    assert not found.is_whole


def test_an_hour_is_an_hour_to_the_microsecond(clock: Frozen, ivan: Client) -> None:
    """Also in SQL: not longer than five hours, and not shorter."""
    opened(ivan)
    for later, older, younger in ((0, 0, 0), (-1, 0, 1), (1, 1, 0)):
        clock.advance(hours=5, microseconds=later)
        assert counted(cond("hours_since_created", "gt", 5)).cases == older
        assert counted(cond("hours_since_created", "lt", 5)).cases == younger
        assert counted(cond("hours_since_agent", "lt", 5)).cases == 0
        clock.advance(hours=-5, microseconds=-later)


def test_tags_are_asked_by_sql_alone_and_as_the_engine_asks(masha: Staff, ivan: Client) -> None:
    worn: list[list[str]] = [[], ["чек"], ["касса"], ["чек", "касса"], ["чек", "касса", "возврат"]]
    for names in worn:
        number = opened(ivan).id
        with bus.unit_of_work():
            tags.add_tags(db.session.get_one(Case, number), names, by=masha)
    wanted: list[list[str]] = [["чек"], ["чек", "касса"], ["нет такой"], ["чек", "нет такой"]]
    asked = [
        cond("tags", op, names) for op in ("has_any", "has_all", "has_none") for names in wanted
    ]
    asked += [cond("tags", "empty"), cond("tags", "not_empty")]
    asked += [{"none": [one]} for one in asked] + [{"any": [asked[0], asked[12]]}]
    seen = set()
    for one in asked:
        with statements() as said, bus.unit_of_work(writes=False):
            found = matching(definition("ticket_created", THEN, one))
        assert not any("subject" in statement for statement in said)
        with bus.unit_of_work(writes=False):
            true = [
                case.id
                for case in db.session.query(Ticket).order_by(Case.id.desc())
                if conditions_hold({"all": [one]}, case)
            ]
        assert (found.cases, list(found.newest)) == (len(true), true), one
        seen.add(len(true))
    assert seen == {0, 1, 2, 3, 4, 5}
