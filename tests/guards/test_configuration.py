"""Every setting is documented and stands in .env.example, with the default it has."""

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from core.config import Config

ROOT = Path(__file__).parents[2]
SETTINGS = [each for each in fields(Config) if each.name != "testing"]
NAMES = [f"LINIYA_{each.name.upper()}" for each in SETTINGS]


def documented() -> dict[str, str]:
    """Variable -> what the table says of its default."""
    text = (ROOT / "docs" / "configuration.md").read_text()
    return dict(re.findall(r"^\| `(LINIYA_\w+)` \| (.*?) \|", text, re.MULTILINE))


def test_the_table_is_complete() -> None:
    scripts = {"LINIYA_PYTHON", "LINIYA_VENV"}
    assert set(documented()) - scripts == set(NAMES)


def test_the_example_is_complete() -> None:
    text = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^#(LINIYA_\w+)=", text, re.MULTILINE)) == set(NAMES)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.name)
def test_defaults_are_true(setting: object) -> None:
    default = setting.default  # type: ignore[attr-defined]
    if default in (MISSING, "", None):
        return
    said = documented()[f"LINIYA_{setting.name.upper()}"]  # type: ignore[attr-defined]
    shown = (
        {True: "yes", False: "no"}.get(default, default) if isinstance(default, bool) else default
    )
    assert said == f"`{shown}`"
