"""What was under way when the only process died is taken up by the next one at once."""

import sqlite3
import time
from datetime import timedelta
from pathlib import Path

from core import clock
from tests.support.programs import liniya, running

PATIENCE = 20.0  # s; the lease itself would last five minutes


def test_a_mail_in_flight_leaves_at_the_next_start(private_data: Path, free_port: int) -> None:
    liniya("init", "--data", str(private_data))
    database = sqlite3.connect(private_data / "liniya.sqlite3", isolation_level=None)
    database.execute(_IN_FLIGHT, _moments())
    arguments = ("--data", str(private_data), "--port", str(free_port), "--no-demo")
    with running(*arguments) as started:
        deadline = time.monotonic() + PATIENCE
        while (state := database.execute(_STATE).fetchone()[0]) != "sent":
            assert time.monotonic() < deadline, state
            time.sleep(0.05)
        started.end()
    database.close()


_IN_FLIGHT = """
    INSERT INTO outbox (channel, recipient, template, payload, dedupe_key, message_id, state,
        attempts, receipt, error, next_at, created_at, lease_until)
    VALUES ('email', 'ivan@sevsklad.example', 'test',
        '{"subject": "Тема", "text": "Текст", "html": "", "headers": {}}', '1', '<1@x.example>',
        'sending', 1, '', '', :now, :now, :lease)
"""
_STATE = "SELECT state FROM outbox"


def _moments() -> dict[str, str]:
    now = clock.now()
    return {"now": _written(now), "lease": _written(now + timedelta(minutes=5))}


def _written(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.000000}"
