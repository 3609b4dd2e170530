"""How well a counter is kept: shares, median, causes, days, export."""

import io
import zipfile
from datetime import timedelta

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import counters_sheet, tickets
from desk.deadlines.kept import kept, misses
from models import Case, Client, CounterPolicy, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import do
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]


def lived(clock: Frozen, anton: Staff, masha: Staff, ivan: Client, *minutes: int) -> CounterPolicy:
    """Tickets of which each is taken after so many minutes; the limit is 15."""
    number = given_counter("Ответ", anton, (15, NOTE), limit=15)
    for wait in minutes:
        case = opened(ivan, f"=Через {wait}").id
        clock.advance(minutes=wait)
        fire_all()
        with bus.unit_of_work():
            tickets.assign(db.session.get_one(Case, case), masha, by=masha)
    return db.session.get_one(CounterPolicy, number)


def test_shares_median_and_causes(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    policy = lived(clock, anton, masha, ivan, 5, 10, 15, 20, 30)
    with bus.unit_of_work(writes=False):
        found = kept(policy, 7)
        late = misses(policy, 7, anton)
    assert (found.met, found.missed, found.share) == (3, 2, 60.0)
    assert (found.median, found.worst) == (timedelta(minutes=15), timedelta(minutes=30))
    assert found.causes == (("nobody", 2),)
    assert [(day.met, day.missed) for day in found.days] == [(0, 0)] * 6 + [(3, 2)]
    assert [(miss.worked, miss.cause) for miss in late] == [
        (timedelta(minutes=30), "nobody"),
        (timedelta(minutes=20), "nobody"),
    ]
    clock.advance(days=8)
    with bus.unit_of_work(writes=False):
        assert (kept(policy, 7).all, kept(policy, 7).share) == (0, None)
        assert kept(policy, 30).all == 5


def test_what_runs_on_past_its_limit_is_missed(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = lived(clock, anton, masha, ivan, 5)
    for subject in ("Первое", "Второе", "Третье"):
        opened(ivan, subject)
    clock.advance(minutes=16)
    opened(ivan, "В срок")
    with bus.unit_of_work(writes=False):
        found = kept(policy, 7)
    assert (found.met, found.missed, found.late, found.share) == (1, 0, 3, 25.0)


def test_the_median_of_an_even_number_is_between_the_two(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = lived(clock, anton, masha, ivan, 5, 10)
    with bus.unit_of_work(writes=False):
        assert kept(policy, 7).median == timedelta(minutes=7, seconds=30)


def test_firings_as_a_file_keep_texts_as_texts(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = lived(clock, anton, masha, ivan, 5, 20)
    with bus.unit_of_work(writes=False), use_locale("ru"):
        whole = counters_sheet.sheet(anton, policy)
    with zipfile.ZipFile(io.BytesIO(whole)) as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert "=Через 20" in cells
    assert "=Через 5" not in cells
    assert "<f>" not in cells
    assert "Должен был (Europe/Moscow)" in cells
    assert "Пора" in cells  # what its step did
    # The head, a subject and the effects: times are no texts.
    assert cells.count('t="inlineStr"') == 10 + 3
    assert "<v>46083.3888" in cells  # due on 2 March 2026 at 9:20 in Moscow
