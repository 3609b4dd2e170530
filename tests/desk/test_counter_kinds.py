"""What starts each kind of counter, what stops it, and how its runs are judged."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, dialogs, tickets
from desk.catalog import catalog
from desk.deadlines.kinds.custom import became
from desk.errors import Invalid
from models import Case, Client, Counter, CounterEpisode, Group, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, cond, do
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def act(clock: Frozen, masha: Staff, sergey: Staff, ivan: Client) -> Callable[..., None]:
    """One thing happens on the ticket, ten minutes after the last."""

    def acted(number: int, what: str) -> None:
        clock.advance(minutes=10)
        with bus.unit_of_work():
            case = db.session.get_one(Case, number)
            if what == "client":
                tickets.client_reply(case, "Ещё вопрос", by=case.requester)
            elif what == "answer":
                tickets.reply(case, "Ответ", by=masha)
            elif what == "note":
                tickets.add_note(case, "Заметка", by=masha)
            elif what == "take":
                tickets.assign(case, masha, by=masha)
            elif what == "give":
                tickets.assign(case, sergey, by=masha)
            elif what == "drop":
                tickets.assign(case, None, by=masha)
            elif what == "group":
                group = next(g for g in db.session.query(Group) if g.id != case.group_id)
                tickets.assign_group(case, group, by=masha)
            else:
                tickets.change_status(case, catalog().by_key("statuses", what).id, by=masha)

    return acted


def told(number: int) -> tuple[str, int]:
    db.session.expire_all()
    row = db.session.query(Counter).filter_by(case_id=number).one_or_none()
    return (row.state, row.episode) if row else ("none", 0)


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        ("no_answer", [("", "running", 1), ("note", "running", 1), ("take", "stopped", 1)]),
        ("no_answer", [("", "running", 1), ("give", "running", 1), ("answer", "stopped", 1)]),
        (
            "no_answer",
            [
                ("solved", "stopped", 1),
                ("client", "running", 2),
                ("give", "running", 2),
                ("new", "running", 2),
                ("in_work", "stopped", 2),
            ],
        ),
        (
            "first_answer",
            [
                ("", "running", 1),
                ("take", "running", 1),
                ("client", "running", 1),
                ("answer", "stopped", 1),
                ("client", "stopped", 1),
                ("solved", "stopped", 1),
                ("in_work", "stopped", 1),
            ],
        ),
        (
            "next_answer",
            [
                ("", "none", 0),
                ("client", "none", 0),
                ("answer", "none", 0),
                ("client", "running", 1),
                ("client", "running", 1),
                ("answer", "stopped", 1),
                ("client", "running", 2),
            ],
        ),
        (
            "solution",
            [
                ("", "running", 1),
                ("answer", "running", 1),
                ("solved", "stopped", 1),
                ("in_work", "running", 2),
            ],
        ),
        (
            "queue_wait",
            [
                ("", "running", 1),
                ("group", "running", 2),
                ("take", "stopped", 2),
                ("answer", "stopped", 2),
                ("drop", "running", 3),
            ],
        ),
        ("no_activity", [("", "running", 1), ("note", "running", 2), ("client", "running", 3)]),
        ("agent_silent", [("", "running", 1), ("client", "running", 1), ("note", "running", 2)]),
        (
            "client_silent",
            [
                ("", "none", 0),
                ("answer", "running", 1),
                ("note", "running", 1),
                ("answer", "running", 2),
                ("client", "stopped", 2),
            ],
        ),
    ],
)
def test_what_starts_and_stops(
    kind: str,
    acts: list[tuple[str, str, int]],
    act: Callable[..., None],
    anton: Staff,
    ivan: Client,
) -> None:
    given_counter("Счётчик", anton, (600, NOTE), kind=kind, limit=600)
    number = opened(ivan).id
    for what, state, episode in acts:
        if what:
            act(number, what)
        assert told(number) == (state, episode), what


def test_own_start_and_stop(act: Callable[..., None], anton: Staff, ivan: Client) -> None:
    """Two of them are two clocks."""
    for name, stops in (("До заметки", "note_added"), ("До статуса", "status_changed")):
        options = {"starts": ["assignee_changed"], "stops": [stops]}
        given_counter(name, anton, (60, NOTE), kind="custom", options=options)
    number = opened(ivan).id
    act(number, "take")
    act(number, "note")
    rows = db.session.query(Counter).order_by(Counter.id).all()
    assert [row.state for row in rows] == ["stopped", "running"]


@pytest.mark.parametrize(
    ("starts", "stops", "states"),
    [
        ("=waiting", "status_changed", ["none", "running", "running", "stopped", "running"]),
        ("=waiting", "=in_work", ["none", "running", "running", "stopped", "running"]),
        ("status_changed", "=waiting", ["running", "stopped", "stopped", "running", "stopped"]),
        ("=in_work", "note_added", ["running", "running", "stopped", "running", "running"]),
    ],
)
def test_own_start_and_stop_by_one_status(
    starts: str, stops: str, states: list[str], act: Callable[..., None], anton: Staff, ivan: Client
) -> None:
    """“Became waiting”, until any other status comes too."""
    with bus.unit_of_work(writes=False):
        named = {f"={row.key}": became(row.id) for row in catalog().statuses.values()}
    options = {"starts": [named.get(starts, starts)], "stops": [named.get(stops, stops)]}
    given_counter("Ждём", anton, (600, NOTE), kind="custom", limit=600, options=options)
    number = opened(ivan).id
    for what, state in zip(
        ("in_work", "waiting", "note", "in_work", "waiting"), states, strict=True
    ):
        act(number, what)
        assert told(number)[0] == state, what


def test_one_status_can_not_be_start_and_end(anton: Staff) -> None:
    with bus.unit_of_work(writes=False):
        waiting = became(catalog().by_key("statuses", "waiting").id)
    for stop, other in ((waiting, waiting), ("status_changed:999", "note_added")):
        with pytest.raises(Invalid):
            options = {"starts": [other], "stops": [stop]}
            given_counter("Ждём", anton, kind="custom", options=options)


@pytest.mark.parametrize(
    "options", [{}, {"starts": ["note_added"]}, {"starts": ["x"], "stops": []}]
)
def test_own_start_and_stop_are_known_events(anton: Staff, options: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        given_counter("Пусто", anton, kind="custom", options=options)


def test_each_run_is_kept_as_met_or_missed(
    act: Callable[..., None], clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    in_time, late = opened(ivan).id, opened(ivan).id
    act(in_time, "solved")
    act(late, "take")
    clock.advance(minutes=70)
    act(late, "solved")
    act(late, "in_work")
    act(late, "solved")
    kept = db.session.query(CounterEpisode).order_by(CounterEpisode.id).all()
    assert [(k.case_id, k.episode, k.outcome, k.cause, k.worked_seconds // 60) for k in kept] == [
        (in_time, 1, "met", "", 10),
        (late, 1, "missed", "slow", 100),
        (late, 2, "met", "", 10),
    ]
    assert kept[1].assignee_id == masha.id


def test_what_nobody_took_is_missed_by_nobody(
    act: Callable[..., None], clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, NOTE), limit=15)
    number = opened(ivan).id
    clock.advance(minutes=30)
    fire_all()
    act(number, "take")
    assert db.session.query(CounterEpisode).one().cause == "nobody"


def test_each_wait_in_a_queue_is_judged_where_it_was(
    act: Callable[..., None], clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """Under the counter and in the group it waited in, not those it was moved to."""
    number = opened(ivan).id
    with bus.unit_of_work(writes=False):
        first = db.session.get_one(Case, number).group_id
        others = select(Group.id).where(Group.id.is_distinct_from(first)).order_by(Group.id)
        second = db.session.scalars(others).first()
    only = {"conditions": {"all": [cond("group", "is", second)]}}
    there = given_counter("Там", anton, (15, NOTE), limit=15, kind="queue_wait", **only)
    here = given_counter("Здесь", anton, (20, NOTE), limit=20, kind="queue_wait")
    number = opened(ivan).id
    clock.advance(minutes=30)
    with bus.unit_of_work():
        group = db.session.get_one(Group, second)
        tickets.assign_group(db.session.get_one(Case, number), group, by=anton)
    act(number, "take")
    kept = db.session.query(CounterEpisode).order_by(CounterEpisode.id).all()
    assert [(k.policy_id, k.group_id, k.outcome, k.worked_seconds // 60) for k in kept] == [
        (here, first, "missed", 30),
        (there, second, "met", 10),
    ]
    assert kept[0].cause == "nobody"


def test_silence_is_not_judged(act: Callable[..., None], anton: Staff, ivan: Client) -> None:
    given_counter("Тишина", anton, (5, NOTE), kind="no_activity", limit=5)
    number = opened(ivan).id
    act(number, "note")
    act(number, "solved")
    assert told(number)[0] == "stopped"
    assert db.session.query(CounterEpisode).count() == 0


def test_a_dialog_has_clocks_too(anton: Staff, ivan: Client) -> None:
    given_counter("Ответ", anton, (15, NOTE), kind="first_answer", limit=15)
    with bus.unit_of_work():
        new = dialogs.NewDialog("Здравствуйте", "Не печатает")
        number = dialogs.open_dialog(new, requester=ivan).id
    assert told(number) == ("running", 1)
    assert deadlines.KINDS["first_answer"].is_measured


@pytest.mark.parametrize("kind", ["first_answer", "next_answer"])
@pytest.mark.parametrize("after", [(5, []), (20, ["missed"])], ids=["in time", "late"])
def test_solved_without_an_answer_is_not_an_answer_in_time(
    clock: Frozen, anton: Staff, ivan: Client, kind: str, after: tuple[int, list[str]]
) -> None:
    minutes, outcome = after
    given_counter("Ответ", anton, kind=kind, limit=15)
    number = opened(ivan).id
    if kind == "next_answer":
        for says, by in ((tickets.reply, anton), (tickets.client_reply, ivan)):
            with bus.unit_of_work():
                says(case(number), "Да", by=by)
    clock.advance(minutes=minutes)
    with bus.unit_of_work():
        tickets.solve(case(number), by=anton)
    assert [row.outcome for row in db.session.query(CounterEpisode)] == outcome
    with bus.unit_of_work(writes=False), use_locale("ru"):
        (view,) = deadlines.summary(case(number))
        assert view.ended_by == "решено без ответа (Антон)"
