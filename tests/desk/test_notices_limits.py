"""Soon late and late: told once each time a clock comes there, to the assignee or the head."""

from datetime import datetime
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus, failpoints
from core.clock import Frozen
from core.db import db
from desk import catalog, tickets
from desk.notices import telling
from desk.notices.limits import tell_of_limits
from desk.notices.news import News
from desk.notices.quiet import Quiet
from models import Client, Group, Membership, Notice, Staff, StatusCategory
from tests.support.counters import fire_all, given_counter
from tests.support.notices import chooses, mailed, told
from tests.support.rules import case, do, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(ivan: Client, masha: Staff, anton: Staff) -> int:
    """A ticket of Masha's that has to be solved within an hour."""
    given_counter("Решение", anton, kind="solution", limit=60)
    return given_to(masha, opened(ivan).id)


def given_to(person: Staff, number: int) -> int:
    with bus.unit_of_work():
        who = db.session.get_one(Staff, person.id)
        tickets.assign(case(number), who, by=who)
    return number


def tell() -> None:
    while tell_of_limits():
        pass


def of_limits(person: Staff) -> list[str]:
    return [key for key, _case in told(person) if key in ("soon_late", "late")]


def test_soon_then_late_each_once(number: int, masha: Staff, clock: Frozen) -> None:
    clock.advance(minutes=44)
    tell()
    assert of_limits(masha) == []
    clock.advance(minutes=1)
    tell()
    tell()
    assert of_limits(masha) == ["soon_late"]
    assert mailed(masha)[-1].startswith(f"Скоро срок: № {number}")
    clock.advance(minutes=15)
    tell()
    tell()
    assert of_limits(masha) == ["soon_late", "late"]
    clock.advance(minutes=600)
    tell()
    assert len(mailed(masha)) == 2


def test_after_a_standstill_only_the_worse_is_told(
    number: int, masha: Staff, clock: Frozen
) -> None:
    clock.advance(minutes=90)
    tell()
    assert of_limits(masha) == ["late"]


def test_nobody_has_it(
    ivan: Client, anton: Staff, masha: Staff, olga: Staff, clock: Frozen
) -> None:
    given_counter("Решение", anton, kind="solution", limit=60)
    number = opened(ivan).id
    with bus.unit_of_work():
        group = db.session.query(Group).join(Membership).filter_by(staff_id=masha.id).one()
        group.head_id = olga.id
        catalog.changed()
        tickets.assign_group(case(number), group, by=anton)
    clock.advance(minutes=45)
    tell()
    assert of_limits(olga) == ["soon_late"]
    assert of_limits(masha) == []


def test_a_solved_one_is_not_late(number: int, masha: Staff, clock: Frozen) -> None:
    with bus.unit_of_work():
        tickets.solve(case(number), by=masha)
    clock.advance(minutes=120)
    tell()
    assert of_limits(masha) == []


def test_a_pause_moves_it(ivan: Client, masha: Staff, anton: Staff, clock: Frozen) -> None:
    waiting = catalog_status(StatusCategory.PENDING)
    given_counter("Решение", anton, kind="solution", limit=60, pause=[waiting])
    number = given_to(masha, opened(ivan).id)
    clock.advance(minutes=45)
    tell()
    assert of_limits(masha) == ["soon_late"]
    with bus.unit_of_work():
        tickets.change_status(case(number), waiting, by=masha)
    clock.advance(minutes=60)
    tell()
    again = catalog_status(StatusCategory.OPEN)
    with bus.unit_of_work():
        tickets.change_status(case(number), again, by=masha)
    tell()
    assert of_limits(masha) == ["soon_late"], "as near as it was: no news"
    clock.advance(minutes=15)
    tell()
    assert of_limits(masha) == ["soon_late", "late"]


def catalog_status(category: StatusCategory) -> int:
    with bus.unit_of_work(writes=False):
        return catalog.catalog().first_status(category).id


@pytest.mark.parametrize(("limit", "near"), [(8, 6), (15, 12), (60, 45), (400, 340)])
def test_near_is_the_last_quarter_an_hour_at_most(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen, limit: int, near: int
) -> None:
    """Also of a limit of a quarter of an hour, as the counters have that come with the program."""
    given_counter("Решение", anton, kind="solution", limit=limit)
    given_to(masha, opened(ivan).id)
    clock.advance(minutes=near - 1)
    tell()
    assert of_limits(masha) == []
    clock.advance(minutes=1)
    tell()
    assert of_limits(masha) == ["soon_late"]
    clock.advance(minutes=limit - near)
    tell()
    assert of_limits(masha) == ["soon_late", "late"]


def test_a_night_does_not_bring_a_limit_near(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    """In working time: an hour before the office opens is no nearer than the evening before."""
    given_counter("Решение", anton, kind="solution", limit=60)
    clock.set(datetime(2026, 3, 4, 17, 40, tzinfo=MOSCOW))  # the office closes at 18:00
    number = given_to(masha, opened(ivan).id)
    clock.set(datetime(2026, 3, 5, 9, 24, tzinfo=MOSCOW))
    tell()
    assert of_limits(masha) == []
    assert case(number).near_at == datetime(2026, 3, 5, 9, 25, tzinfo=MOSCOW)
    clock.advance(minutes=1)
    tell()
    assert of_limits(masha) == ["soon_late"]


def test_what_is_not_measured_is_not_late(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    given_counter("Тишина", anton, kind="no_activity", limit=30)
    given_to(masha, opened(ivan).id)
    clock.advance(minutes=60)
    tell()
    assert of_limits(masha) == []


def test_late_breaks_through_if_chosen(number: int, masha: Staff, clock: Frozen) -> None:
    chooses(masha, quiet=Quiet(on=True, since="08:30", until="18:00", late_breaks=True))
    clock.advance(minutes=45)
    tell()
    assert mailed(masha) == []
    clock.advance(minutes=15)
    tell()
    assert [subject.split(":")[0] for subject in mailed(masha)] == ["Просрочено"]
    row = db.session.query(Notice).filter_by(occasion="late").one()
    assert row.desktop_at == clock.at


def test_a_kill_on_the_way_costs_nothing(number: int, masha: Staff, clock: Frozen) -> None:
    clock.advance(minutes=45)
    failpoints.arm("notices.limits=raise")
    try:
        with pytest.raises(Exception, match=r"notices\.limits"):
            tell_of_limits()
    finally:
        failpoints.arm("")
    assert of_limits(masha) == []
    tell()
    assert of_limits(masha) == ["soon_late"]


def test_one_that_fails_does_not_silence_the_others(
    number: int, ivan: Client, masha: Staff, clock: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = given_to(masha, opened(ivan, "Второе").id)
    plain = telling.show

    def poisoned(told: list[tuple[Staff, News]]) -> None:
        if told[0][1].number == number:
            raise RuntimeError("poison")
        plain(told)

    monkeypatch.setattr(telling, "show", poisoned)
    clock.advance(minutes=45)
    tell()
    assert told(masha) == [("soon_late", second)]


def test_four_schedulers(app: Flask, number: int, masha: Staff, clock: Frozen) -> None:
    clock.advance(minutes=45)
    db.session.rollback()
    barrier, failed = Barrier(4), []

    def work() -> None:
        with app.app_context():
            try:
                barrier.wait(10)
                tell_of_limits()
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
    assert (of_limits(masha), len(mailed(masha))) == (["soon_late"], 1)


def test_the_look_is_one_statement_by_index(number: int, clock: Frozen) -> None:
    with statements() as asked:
        assert tell_of_limits() == 0
    assert len(asked) == 1
    assert not scans(asked)


def test_a_storm_is_braked_by_mail_alone(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    given_counter("Решение", anton, kind="solution", limit=60)
    for n in range(35):
        given_to(masha, opened(ivan, f"Обращение {n}").id)
    clock.advance(minutes=45)
    tell()
    assert len(of_limits(masha)) == 35
    assert len(mailed(masha)) == 30


def test_clocks_of_one_ticket_are_one_mail_that_names_them(
    ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    given_counter("Решение", anton, kind="solution", limit=60)
    given_counter("Первый ответ", anton, kind="first_answer", limit=60)
    number = given_to(masha, opened(ivan).id)
    clock.advance(minutes=60)
    tell()
    (subject,) = mailed(masha)
    assert subject.startswith(f"Просрочено: № {number}, ")
    assert "Решение" in subject
    assert "Первый ответ" in subject


def test_a_step_that_writes_at_the_limit_is_mail_enough(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    """The app tells it still; who is written to by no step gets the mail of the notice."""
    said = {"subject": {"ru": "Срок: вышел"}, "text": {"ru": "Пора"}}
    step = do("send_mail", to="assignee", address="", **said)
    given_counter("Решение", anton, (60, [step]), kind="solution", limit=60)
    given_counter("Быстрее", anton, kind="first_answer", limit=30)
    given_to(masha, opened(ivan).id)
    clock.advance(minutes=30)
    tell()
    clock.advance(minutes=30)
    tell()
    fire_all()
    row = db.session.query(Notice).filter_by(staff_id=masha.id, occasion="late").one()
    assert row.data["times"] == 2
    late = [subject for subject in mailed(masha) if not subject.startswith("Скоро")]
    assert [subject.partition(":")[0] for subject in late] == ["Просрочено", "Срок"]


def test_the_mail_names_no_clock_whose_step_writes_itself(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    said = {"subject": {"ru": "Срок: вышел"}, "text": {"ru": "Пора"}}
    step = do("send_mail", to="assignee", address="", **said)
    given_counter("Решение", anton, (60, [step]), kind="solution", limit=60)
    given_counter("Первый ответ", anton, kind="first_answer", limit=60)
    given_to(masha, opened(ivan).id)
    clock.advance(minutes=60)
    tell()
    (subject,) = mailed(masha)
    assert ("Первый ответ" in subject, "Решение" in subject) == (True, False)
    row = db.session.query(Notice).filter_by(staff_id=masha.id, occasion="late").one()
    assert len(row.data["others"]) == 1


def test_a_limit_that_passes_anew_is_told_where_its_step_does_not_come_again(
    ivan: Client, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    said = {"subject": {"ru": "Срок: вышел"}, "text": {"ru": "Пора"}}
    step = do("send_mail", to="assignee", address="", **said)
    targets = [{"priorities": [4], "minutes": 15}]
    options: dict[str, Any] = {"kind": "solution", "limit": 60, "targets": targets}
    given_counter("Решение", anton, (60, [step]), **options)
    number = given_to(masha, opened(ivan).id)
    with bus.unit_of_work():
        tickets.set_priority(case(number), 4, by=masha)
    clock.advance(minutes=15)
    fire_all()
    tell()
    with bus.unit_of_work():
        tickets.set_priority(case(number), 2, by=masha)
    clock.advance(minutes=45)
    fire_all()
    tell()
    late = [subject for subject in mailed(masha) if not subject.startswith("Скоро")]
    assert [subject.partition(":")[0] for subject in late] == ["Срок", "Просрочено"]
