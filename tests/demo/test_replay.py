"""The demo company's past, played again by its own triggers, ends as it did."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.clock import Frozen
from core.db import db
from demo.loader import load_demo
from desk.automation.replay.playing import replayed
from models import RuleRun

FRIDAY_NOON = datetime(2026, 11, 20, 12, 8, tzinfo=ZoneInfo("Europe/Moscow"))


@pytest.mark.slow
@pytest.mark.one_database
def test_replay_agrees_with_what_was(app: Flask, clock: Frozen) -> None:
    """Counters, mails from outside, and clients who write on what is solved included."""
    clock.set(FRIDAY_NOON)
    load_demo(app)
    outcome = replayed({"days": 90, "zone": "Europe/Moscow"}, lambda done, total: None)
    assert outcome["tickets"] == []
    assert (outcome["cases"], outcome["differing"]) == (60, 0)
    count = select(RuleRun.rule_id, func.count()).where(RuleRun.state == "done")
    lived = {row[0]: row[1] for row in db.session.execute(count.group_by(RuleRun.rule_id))}
    assert {row[0]: row[1] for row in outcome["rules"]} == lived
