"""A weekend of the demo company: 300 real messages come in, go their ways and are answered, while
the scheduler runs in its threads and the test does its jobs too. Each must be done exactly once."""

import logging
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from core import clock as core_clock
from core.clock import Frozen
from tests.story import ends, mailbag
from tests.story.judge import Judge
from tests.story.messages import FILES, MISSING
from tests.story.stage import FIRST_NUMBER, Stage, found_company, type_of
from tests.story.timetable import END, FRIDAY, Act, acts
from tests.story.turns import Turns
from tests.support.smtp import Sink

LOOK = timedelta(hours=2)  # so often it is seen that nothing happens when nothing should

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not all(path.exists() for path in FILES.values()), reason=MISSING),
]


@pytest.fixture
def turns(
    app: Flask, clock: Frozen, smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Turns]:
    config = replace(app.config["LINIYA"], smtp_url=smtp.url)
    monkeypatch.setitem(app.config, "LINIYA", config)
    clock.set(FRIDAY - timedelta(hours=1))
    turns = Turns(app, clock)
    with turns.running(monkeypatch):
        yield turns


def test_a_weekend(
    app: Flask,
    database: str,
    turns: Turns,
    smtp: Sink,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    elapsed = core_clock.stopwatch()
    stage = Stage(app, found_company(), smtp)
    judge = Judge(FIRST_NUMBER, {place: type_of(place) for place in range(300)})
    for at, now in _minutes(judge):
        turns.move_to(at)
        if judge.fire(at) or not now:
            turns.work()
        for act in now:
            judge.act(act)
            stage.play(act, judge.workers.get(act, ""))
        turns.work()
    played = elapsed()

    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]
    ends.check_cases(judge)
    ends.check_history()
    ends.check_counters(judge)
    mailbag.check_mails(judge, smtp)
    mailbag.check_what_clients_see(judge, smtp, stage)
    record_property("story", _summary(judge, smtp, turns, played / 1000))


def _minutes(judge: Judge) -> Iterator[tuple[datetime, list[Act]]]:
    """Each minute in which people act or a counter falls due, and a look in between."""
    waiting = acts()
    at = waiting[0].at
    while at <= END:
        now = [act for act in waiting if act.at == at]
        waiting = waiting[len(now) :]
        yield at, now
        upcoming = [act.at for act in waiting[:1]]
        due = judge.next_due()
        at = min([*upcoming, at + LOOK, *([due] if due else [])])
    yield END, []
    assert not waiting


def _summary(judge: Judge, smtp: Sink, turns: Turns, seconds: float) -> str:
    verbs = Tally(act.verb for act in acts())
    states = Tally(case.status for case in judge.cases.values())
    steps = Tally(policy for _number, policy, _step, _due in judge.firings)
    return (
        f"{verbs.total()} acts ({_listed(verbs)}); tickets: {_listed(states)}; "
        f"{len(smtp.received)} mails, {len(judge.reminders)} reminders due; "
        f"steps fired: {_listed(steps)}; done by {_listed(turns.handled)}; {seconds:.0f} s"
    )


def _listed(counts: Tally[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
