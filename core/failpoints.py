"""Named points where a test can kill, freeze or fail the process; nothing happens unless asked.

LINIYA_FAILPOINTS="outbox.before_send=kill" or "a=raise,b=sleep:5"; `name=kill@3` acts on the
third passing.
"""

import os
import signal
import time
from collections import Counter

_passed: Counter[str] = Counter()


class FailpointReached(RuntimeError):
    """Raised at a failpoint whose mode is `raise`."""


def _parse(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(",") if "=" in part)


_armed = _parse(os.environ.get("LINIYA_FAILPOINTS", ""))


def arm(text: str) -> None:
    """Replace what is armed in this process; the same syntax as the environment variable."""
    global _armed  # one table a process, as the environment variable is
    _armed = _parse(text)
    _passed.clear()


def failpoint(name: str) -> None:
    if not _armed or name not in _armed:
        return
    mode, _, nth = _armed[name].partition("@")
    _passed[name] += 1
    if nth and _passed[name] != int(nth):
        return
    _act(name, *mode.split(":"))


def _act(name: str, mode: str, argument: str = "") -> None:
    if mode == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif mode == "freeze":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif mode == "sleep":
        time.sleep(float(argument))
    elif mode == "raise":
        raise FailpointReached(name)
    else:
        raise ValueError(f"unknown failpoint mode {mode!r}")
