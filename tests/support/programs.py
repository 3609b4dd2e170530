"""Commands started as a person starts them: another process, another folder, plain output."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core import clock

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 180  # seconds; a busy machine is slow, a hanging program never ends


@dataclass(frozen=True)
class Ended:
    """What a program said before it ended."""

    code: int
    output: str
    errors: str


def environment(**more: str) -> dict[str, str]:
    """Nothing of the developer's settings; English unless asked otherwise."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **more}


def liniya(*arguments: str, given: str = "", **more: str) -> Ended:
    """Run a command to its end; `given` is what it reads, keywords are environment variables."""
    return program(sys.executable, "-P", "-m", "commands", *arguments, given=given, **more)


def program(*command: str, given: str = "", **more: str) -> Ended:
    done = subprocess.run(
        command,
        env=environment(**more),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd="/",
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@dataclass
class Running:
    """A started Liniya. `lines` = what it printed until it was ready, `ready_ms` after how long."""

    process: subprocess.Popen[str]
    lines: list[str]
    ready_ms: float

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[Ended, float]:
        """Send the signal; how it ended, and after how many milliseconds."""
        elapsed = clock.stopwatch()
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=PATIENCE)
        took = elapsed()
        return Ended(self.process.returncode, "".join(self.lines) + output, errors), took


@contextmanager
def running(*arguments: str, **more: str) -> Iterator[Running]:
    """`run` with these arguments, ready to answer; killed at the end if it still runs."""
    elapsed = clock.stopwatch()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "commands", "run", *arguments],
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    lines: list[str] = []
    limit = threading.Timer(PATIENCE, process.kill)
    limit.start()
    try:
        for line in process.stdout or ():
            lines.append(line)
            if "Ctrl+C" in line:
                break
        else:
            raise AssertionError(f"it did not start: {lines} {process.communicate()[1]}")
        yield Running(process, lines, elapsed())
    finally:
        limit.cancel()
        if process.poll() is None:
            process.kill()
            process.communicate()
