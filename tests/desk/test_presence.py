"""Presence by what pages tell: idle, closed, silent, back; what one chose oneself stays."""

from datetime import timedelta

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import preferences, presence
from models import Client, Presence, Staff
from tests.support.routing import agent, arrives, hands_out, holder

TOUCHED = timedelta()

pytestmark = pytest.mark.usefixtures("app")


def beat(who: Staff, idle: float = 0) -> None:
    with bus.unit_of_work():
        presence.seen(db.session.get_one(Staff, who.id), timedelta(seconds=idle))


def close(who: Staff) -> None:
    with bus.unit_of_work():
        presence.left(db.session.get_one(Staff, who.id))


def now_of(who: Staff) -> str:
    with bus.unit_of_work(writes=False):
        return db.session.get_one(Staff, who.id, populate_existing=True).presence


def test_who_touches_nothing_is_away_and_comes_back_with_a_touch(clock: Frozen) -> None:
    masha = agent("Маша", wanted_presence=None)
    beat(masha)
    for minute in range(1, 11):
        clock.advance(seconds=30)
        beat(masha, idle=30 * minute)
        presence.sweep()
        assert now_of(masha) == "available"
    clock.advance(seconds=30)
    beat(masha, idle=330)
    assert (presence.sweep(), now_of(masha)) == (1, "away")
    assert presence.sweep() == 0
    clock.advance(seconds=30)
    beat(masha, idle=0)
    assert now_of(masha) == "available"


def test_the_last_page_that_closes_is_off_another_keeps_it(clock: Frozen, ivan: Client) -> None:
    masha = agent("Маша", wanted_presence=None)
    group = hands_out()
    beat(masha)
    close(masha)
    clock.advance(seconds=15)
    beat(masha)  # of another tab
    clock.advance(seconds=30)
    presence.sweep()
    assert now_of(masha) == "available"
    close(masha)
    clock.advance(seconds=21)
    assert (presence.sweep(), now_of(masha)) == (1, "off")
    number = arrives(ivan, group)
    assert holder(number) is None
    beat(masha)
    assert (now_of(masha), holder(number)) == ("available", "Маша")


def test_pages_that_fall_silent(clock: Frozen) -> None:
    masha = agent("Маша", wanted_presence=None)
    beat(masha)
    clock.advance(seconds=150)
    assert presence.sweep() == 0
    clock.advance(seconds=1)
    assert (presence.sweep(), now_of(masha)) == (1, "off")


@pytest.mark.parametrize("chosen", [Presence.AWAY, Presence.OFF, Presence.ASSIGNED_ONLY])
def test_what_one_chose_stays_after_a_pause(clock: Frozen, chosen: str) -> None:
    masha = agent("Маша", wanted_presence=None)
    with bus.unit_of_work():
        preferences.be_present(db.session.get_one(Staff, masha.id), chosen)
    beat(masha)
    close(masha)
    clock.advance(seconds=21)
    presence.sweep()
    assert now_of(masha) == "off"
    beat(masha)
    assert now_of(masha) == chosen


def test_who_tells_nothing_keeps_what_they_chose(clock: Frozen) -> None:
    """No scripts, no beats."""
    masha = agent("Маша", wanted_presence=None)
    clock.advance(hours=9)
    assert (presence.sweep(), now_of(masha)) == (0, "available")


def test_a_hidden_tab_does_not_make_idle_who_works_in_another(clock: Frozen) -> None:
    masha = agent("Маша", wanted_presence=None)
    for _minute in range(12):
        clock.advance(seconds=60)
        beat(masha, idle=0)
        beat(masha, idle=3600)
        presence.sweep()
    assert now_of(masha) == "available"


def test_beats_in_a_row_write_little(clock: Frozen) -> None:
    masha = agent("Маша", wanted_presence=None)
    beat(masha)
    clock.advance(seconds=5)
    with bus.unit_of_work():
        presence.seen(db.session.get_one(Staff, masha.id), TOUCHED)
        assert not db.session.dirty
