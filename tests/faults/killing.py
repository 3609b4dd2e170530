"""Programs that are started to be killed, and what the judges count."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.config import Config
from core.db import db
from tests.support.programs import ROOT, environment

PATIENCE = 120  # seconds


@dataclass
class Zygote:
    """Starts jobs in killable children on one database."""

    process: subprocess.Popen[str]

    def tell(self, what: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def ask(self, what: dict[str, Any]) -> int:
        """What it answers; never waits for ever."""
        self.tell(what)
        assert self.process.stdout is not None
        limit = threading.Timer(PATIENCE, self.process.kill)
        limit.start()
        try:
            return int(self.process.stdout.readline())
        finally:
            limit.cancel()

    def run(self, job: str, failpoints: str = "", **more: Any) -> int:
        return self.ask({"job": job, "failpoints": failpoints, **more})

    def begin(self, job: str, failpoints: str = "", **more: Any) -> int:
        """The number of a child that works beside us."""
        return self.ask({"job": job, "failpoints": failpoints, "beside": True, **more})

    def ended(self, child: int, within: float = PATIENCE / 2) -> int:
        """How it ended; killed when it does not within that many seconds."""
        return self.ask({"wait": child, "within": within})

    def killed(self, job: str, point: str, **more: Any) -> None:
        name, _, nth = point.partition("@")
        armed = f"{name}=kill@{nth}" if nth else f"{name}=kill"
        assert self.run(job, armed, **more) == -signal.SIGKILL, point

    def done(self, job: str, **more: Any) -> None:
        assert self.run(job, **more) == 0, job


@contextmanager
def zygote(config: Config, smtp_url: str) -> Iterator[Zygote]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.faults.zygote"],
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    started = Zygote(process)
    try:
        started.tell({**vars(config), "data": str(config.data), "smtp_url": smtp_url})
        yield started
        process.communicate(timeout=10)  # closes what it reads from, which ends it
    finally:
        process.kill()


def counts(*models: type[Any]) -> list[int]:
    db.session.expire_all()
    db.session.rollback()
    return [db.session.query(model).count() for model in models]
