"""docs/triggers.md names everything there is."""

import re
from pathlib import Path

from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.operators import OPERATORS
from desk.automation.placeholders import PLACEHOLDERS

ROOT = Path(__file__).parents[2]


def test_the_page_on_triggers_is_complete() -> None:
    page = (ROOT / "docs" / "triggers.md").read_text()
    named = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", page))
    heard = {kind for kind, cls in events.KINDS.items() if cls.label and "dialog" not in kind}
    for found in (ACTIONS, FIELDS, OPERATORS, PLACEHOLDERS, heard):
        assert set(found) <= named, set(found) - named
