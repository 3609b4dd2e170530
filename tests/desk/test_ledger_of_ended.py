"""A clock that has ended is drawn by the hours that held then, whatever is edited later."""

from datetime import datetime, timedelta

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.deadlines import CounterView
from models import Case, Client, CounterEpisode, Staff
from tests.support.counters import given_counter
from tests.support.ledger import MOSCOW, edited
from tests.support.statements import statements
from tests.support.tickets import opened

TODAY = "2026-03-04"
MINUTE = timedelta(minutes=1)


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 4, hour, minute, tzinfo=MOSCOW)


def ended(clock: Frozen, by: Staff, client: Client) -> int:
    """A ticket whose clock counted from 14:00 to 14:20."""
    clock.set(at(14, 0))
    number = opened(client).id
    clock.set(at(14, 20))
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, number), by=by)
    return number


def shown(number: int) -> CounterView:
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        (view,) = deadlines.summary(db.session.get_one(Case, number))
        assert view.lines[-1].worked == view.worked
        return view


def test_edits_after_its_end_change_nothing_of_it(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=15)
    number = ended(clock, masha, ivan)
    before = shown(number)
    for minute, special in enumerate(([], [["14:19", "18:00"]], [["10:00", "11:00"]]), 21):
        clock.set(at(14, minute))
        edited(anton, {TODAY: special})
        view = shown(number)
        assert (view.worked, view.late_by) == (20 * MINUTE, 5 * MINUTE)
        assert (view.lines, view.bar) == (before.lines, before.bar)
    (kept,) = db.session.query(CounterEpisode)
    assert kept.worked_seconds == view.worked.total_seconds()


def test_edits_before_its_end_count(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=15)
    clock.set(at(14, 0))
    number = opened(ivan).id
    clock.set(at(14, 10))
    edited(anton, {TODAY: [["14:05", "18:00"]]})
    clock.set(at(14, 20))
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, number), by=masha)
    clock.set(at(14, 30))
    edited(anton, {})
    assert shown(number).worked == 15 * MINUTE


def test_it_asks_the_database_nothing_more(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=15)
    number = ended(clock, masha, ivan)
    going = opened(ivan).id
    clock.set(at(14, 30))
    edited(anton, {"2026-03-05": []})
    asked = []
    for each in (number, going, number):
        with statements() as one:
            shown(each)
        asked.append(len(one))
    assert asked[1] == asked[2]
