"""A process that has the program loaded and forks a child for each job, so that killing is cheap.

Reads one JSON object a line: the settings first, then {"job", "failpoints", ...}; answers each with
one line: how the child ended. Connections are opened after the fork. With "kill_after" (seconds)
the child is killed wherever it is then. With "beside" the answer is the child's number at once, and
{"wait": number, "within": seconds} tells how it ended.
"""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import create_app
from channels.deliver import deliver_due
from core import bus, clock, failpoints
from core.config import Config
from core.db import db
from desk import deadlines, people, tickets
from desk.tickets import NewTicket
from tests.faults import dispatching
from tests.faults.killing import PATIENCE
from tests.support.client import Client

Asked = dict[str, Any]


def post(app: Any, asked: Asked) -> None:
    """Send the request form as a browser does; the key is the one of the first try."""
    client = Client(app)
    answer = client.submit("/ru/contact", form="form[method=post]", **asked["fields"])
    assert answer.status_code == 303, answer.status


def deliver(app: Any, asked: Asked) -> None:
    while deliver_due(app.config["LINIYA"]):
        pass


def fire(app: Any, asked: Asked) -> None:
    """Until nothing is due; what others have in hand is theirs unless `to_the_end`.

    "ahead": seconds by which the clock is wrong. "asleep_ms": when PostgreSQL gives locks away.
    """
    deadlines.fire.ASLEEP_MS = asked.get("asleep_ms", deadlines.fire.ASLEEP_MS)
    with ahead(asked.get("ahead", 0)):
        while deadlines.fire_due() or (asked.get("to_the_end") and is_due()):
            pass


def is_due() -> bool:
    time.sleep(0.01)
    return deadlines.is_anything_due()


@contextmanager
def ahead(seconds: float) -> Iterator[None]:
    if not seconds:
        yield
        return
    with clock.freeze(clock.now() + timedelta(seconds=seconds)):
        yield


def open_ticket(app: Any, asked: Asked) -> None:
    """What a door does with a new ticket, in one unit of work."""
    with bus.unit_of_work():
        client = people.client_for(asked["email"], name="Иван Петров")
        tickets.open_ticket(NewTicket(asked["subject"], "Не печатает"), requester=client)


def arrive(app: Any, asked: Asked) -> None:
    dispatching.arrive(asked["count"], asked["key"])


def solve(app: Any, asked: Asked) -> None:
    dispatching.solve(asked["until"], asked["seed"])


JOBS: dict[str, Callable[[Any, Asked], None]] = {
    "post": post,
    "deliver": deliver,
    "fire": fire,
    "open": open_ticket,
    "arrive": arrive,
    "solve": solve,
}


def opened(settings: Asked) -> Any:
    """The application with all loaded and compiled, and no connection open.

    A post that fails just before its commit warms everything up and leaves nothing behind.
    """
    app = create_app(Config(**{**settings, "data": Path(settings["data"])}))
    logging.getLogger("liniya").setLevel(logging.CRITICAL)
    failpoints.arm("unit.before_commit=raise@2")  # the first is that of the GET
    with app.app_context():
        form = {"email": "warm@example.ru", "subject": "s", "text": "t"}
        answer = Client(app).submit("/ru/contact", form="form[method=post]", **form)
        assert answer.status_code == 500, answer.status
        db.session.remove()
        db.engine.dispose()
    return app


def child(app: Any, asked: Asked) -> None:
    failpoints.arm(asked["failpoints"])
    with app.app_context():
        JOBS[asked["job"]](app, asked)


def ended(number: int, within: float = PATIENCE) -> int:
    """How a child ended; it is killed when it does not."""
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        done, status = os.waitpid(number, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(number, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    app = opened(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer(ended(asked["wait"], asked["within"]))
            continue
        number = os.fork()
        if number == 0:
            try:
                child(app, asked)
            except BaseException as error:  # noqa: BLE001 - a child must never return to the loop
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        if "kill_after" in asked:
            time.sleep(asked["kill_after"])
            os.kill(number, signal.SIGKILL)
        answer(number if asked.get("beside") else ended(number))


if __name__ == "__main__":
    main()
