"""The package itself: each file is registered, and nothing reads a clock or a database."""

import ast
from pathlib import Path
from typing import Any

import pytest

from desk.dispatcher import FILTERS, MODES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "desk" / "dispatcher"
ALLOWED = ("desk.dispatcher", "core.i18n", "babel")
STANDARD = {
    *("bisect", "collections", "dataclasses", "datetime", "enum", "functools", "heapq"),
    *("operator", "typing", "zoneinfo"),
}


@pytest.mark.parametrize(("folder", "found"), [("filters", FILTERS), ("modes", MODES)])
def test_each_file_is_registered(folder: str, found: dict[str, Any]) -> None:
    files = {path.stem for path in (PACKAGE / folder).glob("[a-z]*.py")}
    modules = [type(each).__module__.rpartition(".")[2] for each in found.values()]
    assert set(modules) == files
    assert len(modules) == len(files)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_it_is_pure(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = {one.name for one in node.names}
            assert (
                module.startswith(ALLOWED)
                or module.split(".")[0] in STANDARD
                or (module == "models" and names == {"Presence"})
            ), f"{path.name} imports {module}"
        assert not isinstance(node, ast.Import)
