"""Quiet hours and digests: what waits is sent once, in one mail, whatever happens."""

from datetime import datetime
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus, failpoints
from core.clock import Frozen
from core.db import db
from desk import catalog, tickets
from desk.notices import inbox, limits, waiting
from desk.notices.quiet import DAILY, HOURLY, Quiet
from models import Client, Notice, OutboxItem, Staff
from tests.support import notices as support
from tests.support.counters import given_counter
from tests.support.notices import chooses, mailed, told
from tests.support.rules import case, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
NIGHTS = Quiet(on=True, since="20:00", until="08:00")


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(ivan: Client, masha: Staff, olga: Staff) -> int:
    """A ticket that is Masha's; what she was told of that is read."""
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=olga)
    with bus.unit_of_work():
        inbox.mark_all(masha)
        db.session.query(OutboxItem).delete()
    return number


def writes(number: int, ivan: Client, text: str = "Ау") -> None:
    with bus.unit_of_work():
        tickets.client_reply(case(number), text, by=ivan)


def send() -> int:
    times = 0
    while waiting.send_waiting():
        times += 1
    return times


def at(clock: Frozen, text: str) -> None:
    clock.set(datetime.fromisoformat(text).replace(tzinfo=MOSCOW))


def test_mail_waits_for_the_end_of_the_quiet(
    number: int, masha: Staff, ivan: Client, olga: Staff, clock: Frozen
) -> None:
    chooses(masha, quiet=NIGHTS)
    at(clock, "2026-03-02T22:00")
    writes(number, ivan, "Первое")
    with bus.unit_of_work():
        tickets.add_note(case(number), "Второе", by=olga)
    assert len(told(masha)) == 3, "the app shows at once"
    assert (mailed(masha), send()) == ([], 0)
    at(clock, "2026-03-03T08:00")
    assert send() == 1
    assert mailed(masha) == ["2 уведомления"]
    (digest,) = db.session.query(OutboxItem).filter_by(template="digest")
    for words in ("Первое", "Второе", f"/agent/t/{number}", "/agent/me/notices"):
        assert words in digest.payload["text"]
        assert words in digest.payload["html"]
    assert (send(), support.waiting(masha)) == (0, [])


def test_one_thing_that_waited_is_a_mail_as_ever(
    number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    chooses(masha, digest=DAILY, digest_at="10:00")
    writes(number, ivan, "Только одно")
    clock.advance(minutes=60)
    assert send() == 1
    (item,) = db.session.query(OutboxItem).filter_by(recipient=masha.email)
    assert item.payload["subject"].startswith(f"Клиент написал по № {number}")
    assert item.case_id == number
    assert "Только одно" in item.payload["text"]


def test_hourly(number: int, masha: Staff, ivan: Client, clock: Frozen) -> None:
    chooses(masha, digest=HOURLY)
    for minute in range(3):
        clock.advance(minutes=1)
        writes(number, ivan, f"Слово {minute}")
    clock.advance(minutes=56)
    assert send() == 0
    clock.advance(minutes=1)
    assert (send(), mailed(masha)) == (1, ["3 уведомления"])


def test_the_quiet_is_that_of_the_persons_zone(
    number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).zone = "Asia/Vladivostok"
        catalog.changed()
    chooses(masha, quiet=NIGHTS)
    at(clock, "2026-03-02T14:00")  # 21:00 in Vladivostok
    writes(number, ivan)
    (row,) = support.waiting(masha)
    assert row.due_at == datetime(2026, 3, 3, 8, tzinfo=ZoneInfo("Asia/Vladivostok"))


def test_the_desktop_waits_too(number: int, masha: Staff, ivan: Client, clock: Frozen) -> None:
    chooses(masha, quiet=NIGHTS)
    at(clock, "2026-03-02T22:00")
    before = clock.at
    clock.advance(minutes=1)
    writes(number, ivan)
    with bus.unit_of_work(writes=False):
        assert inbox.for_desktop(masha, before) == []
        ends = inbox.next_for_desktop(masha)
    assert ends == datetime(2026, 3, 3, 8, tzinfo=MOSCOW)
    clock.set(ends)
    with bus.unit_of_work(writes=False):
        assert [row.case_id for row in inbox.for_desktop(masha, before)] == [number]
        assert inbox.next_for_desktop(masha) is None


def test_what_waits_follows_another_choice(
    number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    chooses(masha, digest=DAILY, digest_at="08:00")
    writes(number, ivan)
    assert send() == 0
    chooses(masha, digest="at_once")
    with bus.unit_of_work():
        waiting.put_anew(db.session.get_one(Staff, masha.id))
    assert (send(), len(mailed(masha))) == (1, 1)


@pytest.mark.parametrize("moment", ["notices.waiting", "unit.before_commit"])
def test_a_digest_that_broke_off_is_sent_whole(
    number: int, masha: Staff, ivan: Client, clock: Frozen, moment: str
) -> None:
    chooses(masha, digest=HOURLY)
    for words in ("Раз", "Два"):
        writes(number, ivan, words)
    clock.advance(minutes=60)
    failpoints.arm(f"{moment}=raise")
    try:
        with pytest.raises(Exception, match=moment):
            waiting.send_waiting()
    finally:
        failpoints.arm("")
    assert mailed(masha) == []
    assert len(support.waiting(masha)) == 2
    assert (send(), mailed(masha)) == (1, ["2 уведомления"])


def test_many_processes_send_it_once(
    app: Flask, number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    chooses(masha, digest=HOURLY)
    for words in ("Раз", "Два"):
        writes(number, ivan, words)
    clock.advance(minutes=60)
    db.session.rollback()
    barrier, failed = Barrier(4), []

    def work() -> None:
        with app.app_context():
            try:
                barrier.wait(10)
                waiting.send_waiting()
            except Exception as error:  # a thread's error is nobody's: told below
                failed.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=work) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert mailed(masha) == ["2 уведомления"]
    assert support.waiting(masha) == []


def test_a_long_digest_is_cut_and_counted(
    number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    chooses(masha, digest=HOURLY)
    for turn in range(53):
        writes(number, ivan, f"Слово {turn}")
    clock.advance(minutes=60)
    with statements() as asked:
        assert send() == 1
    assert not scans(asked)
    (item,) = db.session.query(OutboxItem).filter_by(template="digest")
    assert item.payload["text"].count("* ") == 50
    assert "Ещё 3" in item.payload["text"]


def test_the_look_costs_one_statement(app: Flask, masha: Staff) -> None:
    with statements() as asked:
        assert waiting.send_waiting() == 0
    assert len(asked) == 1
    assert not scans(asked)


def test_old_ones_are_thrown_away(number: int, masha: Staff, clock: Frozen) -> None:
    clock.advance(minutes=60 * 24 * 91)
    with bus.unit_of_work():
        inbox.sweep()
    assert db.session.query(Notice).count() == 0


def test_a_storm_of_replies_is_folded(
    ivan: Client, masha: Staff, olga: Staff, clock: Frozen
) -> None:
    """Ten mails in ten minutes about one ticket; the others come in one when these are over."""
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=olga)
    for n in range(15):
        clock.advance(seconds=1)
        with bus.unit_of_work():
            tickets.client_reply(case(number), f"Ау {n}", by=ivan)
    assert len(mailed(masha)) == 10
    assert len(support.waiting(masha)) == 6
    clock.advance(minutes=9)
    assert waiting.send_waiting() == 0
    clock.advance(minutes=1)
    while waiting.send_waiting():
        pass
    assert (len(mailed(masha)), support.waiting(masha)) == (11, [])


def test_every_digest_comes(number: int, masha: Staff, ivan: Client, clock: Frozen) -> None:
    """The rows of the one before are gone, and their numbers are given again."""
    chooses(masha, digest=HOURLY)
    for _hour in range(3):
        for words in ("Раз", "Два"):
            writes(number, ivan, words)
        clock.advance(minutes=60)
        assert send() == 1
    assert mailed(masha) == ["2 уведомления"] * 3


def test_what_is_no_longer_so_does_not_leave(
    number: int, masha: Staff, sergey: Staff, olga: Staff, ivan: Client, clock: Frozen
) -> None:
    """Given to Masha in the evening and to Sergey at once; what the client wrote stays said."""
    chooses(masha, quiet=NIGHTS)
    at(clock, "2026-03-02T20:30")
    other = opened(ivan).id
    for person in (masha, sergey):
        with bus.unit_of_work():
            tickets.assign(case(other), db.session.get_one(Staff, person.id), by=olga)
    at(clock, "2026-03-03T08:00")
    assert (send(), mailed(masha), support.waiting(masha)) == (1, [], [])
    at(clock, "2026-03-03T20:30")
    writes(number, ivan, "Ау")
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, sergey.id), by=olga)
    at(clock, "2026-03-04T08:00")
    send()
    assert [subject.split(":")[0] for subject in mailed(masha)] == [f"Клиент написал по № {number}"]


def test_a_late_ticket_that_was_solved_is_not_told_in_the_morning(
    number: int, anton: Staff, masha: Staff, olga: Staff, ivan: Client, clock: Frozen
) -> None:
    given_counter("Решение", anton, kind="solution", limit=30)
    chooses(masha, digest=DAILY, digest_at="08:00")
    late, solved = (opened(ivan).id for _each in range(2))
    for each in (late, solved):
        with bus.unit_of_work():
            tickets.assign(case(each), db.session.get_one(Staff, masha.id), by=olga)
    clock.advance(minutes=31)
    limits.tell_of_limits()
    with bus.unit_of_work():
        tickets.solve(case(solved), by=masha)
    at(clock, "2026-03-03T08:00")
    send()
    (digest,) = db.session.query(OutboxItem).filter_by(template="digest")
    assert f"Просрочено: № {late}" in digest.payload["text"]
    assert f"№ {solved}" not in digest.payload["text"]
