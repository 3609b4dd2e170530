"""Long work in the background: done once, under a lease, and never lost or done twice."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import jobs
from desk.errors import Invalid
from models import Job, JobState, Staff

KIND = "test"


class Crash(BaseException):
    """The process is gone."""


@pytest.fixture
def deeds() -> Iterator[list[Any]]:
    """What the work did; `{"fail": True}` fails, `{"crash": n}` dies the first n times."""
    done: list[Any] = []

    def work(arguments: Mapping[str, Any], progress: jobs.Progress) -> dict[str, Any]:
        done.append(dict(arguments))
        progress(1, 2)
        if arguments.get("fail"):
            raise ValueError("no")
        if len(done) <= arguments.get("crash", 0):
            raise Crash
        if "during" in arguments:
            with bus.unit_of_work():
                jobs.cancel(db.session.get_one(Job, arguments["during"], with_for_update=True))
        return {"answer": 42}

    jobs.KINDS[KIND] = work
    yield done
    del jobs.KINDS[KIND]


def asked(by: Staff, **arguments: Any) -> int:
    with bus.unit_of_work():
        return jobs.start(KIND, arguments, by=by).id


def row(number: int) -> Job:
    db.session.expire_all()
    return db.session.get_one(Job, number)


def test_work_is_done_once(anton: Staff, deeds: list[Any]) -> None:
    number = asked(anton, what="this")
    assert jobs.run_next()
    assert not jobs.run_next()
    assert deeds == [{"what": "this"}]
    assert (row(number).state, row(number).result) == (JobState.DONE, {"answer": 42})


def test_failed_work_names_why_and_the_next_goes_on(anton: Staff, deeds: list[Any]) -> None:
    bad, good = asked(anton, fail=True), asked(anton)
    while jobs.run_next():
        pass
    assert (row(bad).state, row(bad).error) == (JobState.FAILED, "ValueError: no")
    assert row(good).state == JobState.DONE


def test_what_a_dead_process_had_is_begun_anew(
    anton: Staff, deeds: list[Any], clock: Frozen
) -> None:
    number = asked(anton, crash=1)
    with pytest.raises(Crash):
        jobs.run_next()
    assert not jobs.run_next()
    clock.advance(minutes=2)
    assert jobs.run_next()
    assert row(number).state == JobState.DONE
    assert len(deeds) == 2


def test_the_only_process_need_not_wait_for_the_lease(anton: Staff, deeds: list[Any]) -> None:
    number = asked(anton, crash=1)
    with pytest.raises(Crash):
        jobs.run_next()
    with bus.unit_of_work():
        jobs.release()
    assert jobs.run_next()
    assert row(number).state == JobState.DONE


def test_what_always_dies_is_given_up(anton: Staff, deeds: list[Any], clock: Frozen) -> None:
    number = asked(anton, crash=9)
    for _time in range(jobs.MOST_ATTEMPTS):
        with pytest.raises(Crash):
            jobs.run_next()
        clock.advance(minutes=2)
    assert jobs.run_next()
    assert row(number).state == JobState.FAILED
    assert len(deeds) == jobs.MOST_ATTEMPTS


def test_cancelled_work_keeps_nothing(anton: Staff, deeds: list[Any]) -> None:
    waiting = asked(anton)
    with bus.unit_of_work():
        job = row(waiting)
        assert jobs.cancel(job)
        assert not jobs.cancel(job)
    assert not jobs.run_next()
    running = asked(anton)
    with bus.unit_of_work():
        row(running).arguments = {"during": running}
    assert jobs.run_next()
    assert (row(running).state, row(running).result) == (JobState.CANCELLED, {})


def test_there_is_an_end_to_what_waits(anton: Staff, deeds: list[Any]) -> None:
    for _time in range(jobs.MOST_WAITING):
        asked(anton)
    with pytest.raises(Invalid):
        asked(anton)


def test_what_is_long_over_is_forgotten(anton: Staff, deeds: list[Any], clock: Frozen) -> None:
    asked(anton)
    jobs.run_next()
    clock.advance(days=31)
    waiting = asked(anton)
    with bus.unit_of_work():
        jobs.sweep()
        assert [job.id for job in jobs.latest(KIND)] == [waiting]
