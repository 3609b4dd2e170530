"""Cases put off: out of the lists, back by the clock, by the client, by hand; never lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from core.i18n import use_locale
from desk import snoozing, tickets, views
from desk.catalog import catalog
from desk.errors import Invalid
from desk.views import VIEWS
from models import Case, Client, EventRecord, Staff
from tests.support.statements import scans, statements
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")


def put_off(number: int, by: Staff, **how_long: float) -> None:
    with bus.unit_of_work():
        snoozing.snooze(db.session.get_one(Case, number), now() + timedelta(**how_long), by=by)


def listed(view: str, who: Staff) -> list[int]:
    with bus.unit_of_work(writes=False):
        return [row.id for row in views.page(VIEWS[view], who).rows]


def events_of(number: int) -> list[tuple[str, str]]:
    query = db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id)
    return [(e.kind, e.data.get("why", "")) for e in query if e.kind in ("snoozed", "returned")]


def test_it_leaves_the_lists_and_returns_by_the_clock(
    clock: Frozen, masha: Staff, ivan: Client
) -> None:
    number, other = opened(ivan).id, opened(ivan).id
    put_off(number, masha, hours=20)
    assert (listed("all", masha), listed("snoozed", masha)) == ([other], [number])
    assert listed("unassigned", masha) == [other]
    with bus.unit_of_work(writes=False):
        counts = views.tally(masha).counts
    assert (counts["all"], counts["snoozed"]) == (1, 1)
    clock.advance(hours=19, minutes=59)
    assert snoozing.wake_due() == 0
    clock.advance(minutes=1)
    assert (snoozing.wake_due(), snoozing.wake_due()) == (1, 0)
    assert listed("all", masha) == [number, other]
    assert events_of(number) == [("snoozed", ""), ("returned", "time")]


def test_the_client_brings_it_back_at_once(clock: Frozen, masha: Staff, ivan: Client) -> None:
    number = opened(ivan).id
    put_off(number, masha, hours=20)
    clock.advance(hours=1)
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.client_reply(case, "Ну что там?", by=case.requester)
    assert listed("all", masha) == [number]
    clock.advance(hours=30)
    assert snoozing.wake_due() == 0
    assert events_of(number) == [("snoozed", ""), ("returned", "client")]


def test_what_is_solved_does_not_return(clock: Frozen, masha: Staff, ivan: Client) -> None:
    number = opened(ivan).id
    put_off(number, masha, hours=20)
    with bus.unit_of_work():
        solved = catalog().by_key("statuses", "solved").id
        tickets.change_status(db.session.get_one(Case, number), solved, by=masha)
    clock.advance(hours=30)
    assert snoozing.wake_due() == 0
    assert events_of(number) == [("snoozed", "")]
    with pytest.raises(Invalid):
        put_off(number, masha, hours=1)


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "уже прошло"), (-1, "уже прошло"), (24 * 400, "не дальше года")]
)
def test_moments_that_cannot_be(hours: int, said: str, masha: Staff, ivan: Client) -> None:
    number = opened(ivan).id
    with pytest.raises(Invalid, match=said):
        put_off(number, masha, hours=hours)
    assert listed("all", masha) == [number]


def test_presets_are_in_office_hours(clock: Frozen, masha: Staff) -> None:
    """Friday 17:00 in Moscow; the office works from 9 to 18 on working days."""
    monday = datetime(2026, 3, 16, 9, 0, tzinfo=MOSCOW)
    clock.set(datetime(2026, 3, 13, 17, 0, tzinfo=MOSCOW))
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        (only,) = snoozing.presets()
        assert only == ("tomorrow", "When work begins again", monday)
        assert snoozing.moment_of("later") == monday
        assert snoozing.moment_of("never") is None
    clock.set(datetime(2026, 3, 15, 21, 40, tzinfo=MOSCOW))  # Sunday
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        assert snoozing.presets() == [("tomorrow", "Tomorrow morning", monday)]
    clock.set(datetime(2026, 3, 11, 9, 30, tzinfo=MOSCOW))
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        told = {each.key: each.until for each in snoozing.presets()}
    assert told == {
        "later": datetime(2026, 3, 11, 12, 30, tzinfo=MOSCOW),
        "tomorrow": datetime(2026, 3, 12, 9, 0, tzinfo=MOSCOW),
        "week": datetime(2026, 3, 16, 9, 0, tzinfo=MOSCOW),
    }


def test_looking_for_what_is_due_reads_an_index(masha: Staff, ivan: Client) -> None:
    opened(ivan)
    with statements() as asked:
        assert snoozing.wake_due() == 0
        with bus.unit_of_work(writes=False):
            assert not scans(asked)
