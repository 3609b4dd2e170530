"""docs/add-an-action.md does what it says, and docs/triggers.md names everything there is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.operators import OPERATORS
from desk.automation.placeholders import PLACEHOLDERS

ROOT = Path(__file__).parents[2]
LOOK = """
from desk.automation.actions import ACTIONS
from desk.automation.definition import problems_of_action
from desk.automation.planning import plan_of
from desk.automation.pieces import plain
from desk.automation.sentences import action
stored = {"do": "set_subject", "value": "Чек"}
assert ACTIONS["set_subject"].blank() == {"do": "set_subject", "value": ""}
assert problems_of_action(stored, "then.0") == []
assert plan_of([stored], {"subject": "чек"})[0].changes == {"subject": ("чек", "Чек")}
assert "Чек" in plain(action(stored))
"""


def test_an_action_is_added_as_the_page_says(tmp_path: Path) -> None:
    for folder in ("core", "models", "desk", "translations"):
        ignored = shutil.ignore_patterns("__pycache__", "*.mo")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    page = (ROOT / "docs" / "add-an-action.md").read_text()
    code = re.search(r"^`(desk/\S+)`\n```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert code is not None
    (tmp_path / code[1]).write_text(code[2])
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_page_on_triggers_is_complete() -> None:
    page = (ROOT / "docs" / "triggers.md").read_text()
    named = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", page))
    heard = {kind for kind, cls in events.KINDS.items() if cls.label and "dialog" not in kind}
    for found in (ACTIONS, FIELDS, OPERATORS, PLACEHOLDERS, heard):
        assert set(found) <= named, set(found) - named
