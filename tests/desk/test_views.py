"""Lists below the web: paging by key over any order, bounded counts, indexes that carry them."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import bus, clock
from core.clock import Frozen
from core.db import db
from desk import tags, tickets, views
from desk.views import VIEWS, Row, Sort
from models import Case, Client, Staff
from tests.support.statements import scans, statements
from tests.support.tickets import opened

EVERY = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 3)), st.integers(1, 4)),
        max_size=14,
    ),
    sort=st.sampled_from(Sort),
    size=st.integers(1, 5),
)
@EVERY
def test_pages_joined_are_the_whole_in_order(
    app: Flask, masha: Staff, ivan: Client, rows: list, sort: Sort, size: int
) -> None:
    with suppress(Undone), bus.unit_of_work():
        made = [_made(ivan, n, *row) for n, row in enumerate(rows)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(views, "PAGE", size)
            shown = list(_walk(masha, sort))
        keys = [_key(sort, case) for case in shown]
        assert sorted(case.id for case in shown) == sorted(made)
        assert all(one <= following for one, following in pairwise(keys))
        raise Undone


class Undone(Exception):  # noqa: N818 - the next example begins without tickets
    pass


def _made(ivan: Client, number: int, age: int, due: int | None, priority: int) -> int:
    ticket = opened(ivan, f"Просьба {number}")
    ticket.updated_at = clock.now() + timedelta(hours=age)
    ticket.due_at = None if due is None else clock.now() + timedelta(hours=due)
    ticket.priority = priority
    return ticket.id


def _walk(who: Staff, sort: Sort) -> list[Row]:
    found, cursor = [], ""
    while True:
        page = views.page(VIEWS["all"], who, sort=sort, cursor=cursor)
        found += page.rows
        if page.following is None:
            return found
        cursor = page.following


def _key(sort: Sort, case: Case | Row) -> tuple:
    newest = (-case.updated_at.timestamp(), -case.id)
    if sort == Sort.PRIORITY:
        return (-case.priority, *newest)
    if sort == Sort.DUE:
        return (0, case.due_at.timestamp(), case.id) if case.due_at else (1, 0, -case.id)
    return newest


def test_counts_stop_at_their_bound(
    app: Flask, masha: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "COUNTED", 3)
    for n in range(6):
        ticket = opened(ivan, f"Просьба {n}")
        if n < 2:
            with bus.unit_of_work():
                tickets.assign(db.session.get_one(Case, ticket.id), masha)
    with bus.unit_of_work(writes=False):
        tally = views.tally(masha)
    assert tally.counts == {
        "all": 4,
        "mine": 2,
        "unassigned": 4,
        "group": 0,
        "snoozed": 0,
        "solved": 0,
    }
    assert tally.last_event > 0


def test_rows_that_are_hidden_are_left_out(app: Flask, masha: Staff, ivan: Client) -> None:
    one, two = opened(ivan, "Первое").id, opened(ivan, "Второе").id
    with bus.unit_of_work(writes=False):
        rows = views.named([two, 999, one], masha)
    assert [row.id for row in rows] == [two, one]
    assert rows[0].company == "Северный склад"


def test_a_row_says_what_its_case_says(
    app: Flask, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    new, answered, again = (opened(ivan, f"Просьба {n}").id for n in range(3))
    clock.advance(minutes=5)
    for number in (answered, again):
        with bus.unit_of_work():
            tickets.reply(db.session.get_one(Case, number), "Готово", by=masha)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, again), "Опять", by=ivan)
        tags.add_tags(db.session.get_one(Case, new), ["чек", "касса"], by=masha)
    with bus.unit_of_work(writes=False):
        for row in views.named([new, answered, again], masha):
            case = db.session.get_one(Case, row.id)
            for column in views._OF_CASE:
                assert getattr(row, column.key) == getattr(case, column.key)
            assert row.is_answered == case.is_answered == (row.id == answered)
            assert row.shown_tags == sorted(case.tag_names)


@pytest.mark.parametrize("key", ["all", "mine", "unassigned", "solved"])
@pytest.mark.parametrize("sort", list(Sort))
def test_an_index_gives_each_list(app: Flask, masha: Staff, key: str, sort: Sort) -> None:
    """The plan says so whatever the number of rows."""
    if sort not in VIEWS[key].sorts:
        return
    with bus.unit_of_work(writes=False), statements() as asked:
        views.page(VIEWS[key], masha, sort=sort)
        assert asked
        assert not scans(asked)
