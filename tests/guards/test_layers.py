"""Imports only point down; Flask stays at the edges, wire clients in channels."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = (
    ("app",),
    ("commands", "blueprints", "scheduler"),
    ("channels",),
    ("desk",),
    ("models",),
    ("core",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ABOVE_ALL = ("commands",)  # starts the app, the scheduler and the demo company
FLASK_IN_CORE = {"core/db.py", "core/web.py", "core/security.py", "core/static_files.py"}
FLASK = ("flask", "flask_login", "flask_wtf", "werkzeug", "wtforms")
WIRES = ("smtplib", "imaplib", "poplib", "httpx", "requests", "urllib3", "imap_tools", "aiosmtpd")
FILES = sorted(
    path for name in RANK for path in [*ROOT.glob(f"{name}.py"), *ROOT.glob(f"{name}/**/*.py")]
)


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Each imported module's full name, and whether the import stands inside a function."""
    tree = ast.parse(path.read_text())
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef))
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, id(node) in inside


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_imports_only_point_down(path: Path) -> None:
    own = relative(path).split("/")[0].removesuffix(".py")
    if own in ABOVE_ALL:
        return
    named = {module.split(".")[0] for module, _ in imports(path)}
    wrong = {name for name in named if name != own and RANK.get(name, 99) <= RANK[own]}
    if own == "app":
        wrong = set()
    assert not wrong, f"{own} must not import {wrong}"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_flask_and_wires_stay_where_they_belong(path: Path) -> None:
    name = relative(path)
    own = name.split("/")[0].removesuffix(".py")
    named = {module.split(".")[0] for module, _ in imports(path)}
    if own in ("core", "models", "desk", "channels") and name not in FLASK_IN_CORE:
        assert not named & set(FLASK), f"{name}: no web framework here"
    if own != "channels":
        assert not named & set(WIRES), f"{name}: wire clients belong to channels"


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_import_hides_a_cycle(path: Path) -> None:
    own = relative(path).split("/")[0].removesuffix(".py")
    if own in ABOVE_ALL:
        return  # a command loads only what it needs, so that it starts quickly
    hidden = [module for module, inside in imports(path) if inside and module.split(".")[0] in RANK]
    assert not hidden, f"imports inside functions: {hidden}"
