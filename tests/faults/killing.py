"""Programs that are started to be killed, and what the judges count."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.config import Config
from core.db import db
from tests.support.programs import ROOT, environment


@dataclass
class Zygote:
    """Starts jobs in killable children on one database."""

    process: subprocess.Popen[str]

    def tell(self, what: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def run(self, job: str, failpoints: str = "", **more: Any) -> int:
        self.tell({"job": job, "failpoints": failpoints, **more})
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

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
    started.tell({**vars(config), "data": str(config.data), "smtp_url": smtp_url})
    yield started
    process.communicate(timeout=10)  # closes what it reads from, which ends it


def counts(*models: type[Any]) -> list[int]:
    db.session.expire_all()
    db.session.rollback()
    return [db.session.query(model).count() for model in models]
