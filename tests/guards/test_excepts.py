"""Whoever catches every error says why on the same line."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("core", "models", "desk", "channels", "scheduler", "blueprints", "commands")
FILES = sorted([*ROOT.glob("app.py"), *(p for f in FOLDERS for p in ROOT.glob(f"{f}/**/*.py"))])
BROAD = re.compile(r"^\s*except( \(?Exception\)?( as \w+)?)?:")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_broad_except_gives_its_reason(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), 1)
    bare = [number for number, line in lines if BROAD.match(line) and "  # " not in line]
    assert not bare, f"catches everything without a reason: lines {bare}"
