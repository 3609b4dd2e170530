"""Templates keep to the strict policy, scripts to their budget, icons to the sprite."""

import gzip
import re
from pathlib import Path

import pytest

from core.assets import FOLDER, Assets

TEMPLATES = FOLDER.parent / "templates"
PAGES = sorted(p for p in TEMPLATES.rglob("*.html") if p.parent.name != "mail")
SCRIPTS = sorted((FOLDER / "js").glob("*.js"))
FORBIDDEN = {
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "inline style": re.compile(r"<style"),
    "handler attribute": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)="),
    "trigger filter": re.compile(r'hx-trigger="[^"]*\['),
    "script value": re.compile(r"hx-(vals|headers)='?\"?js(cript)?:"),
}
ICON = re.compile(r"""ui\.(?:icon|icon_button)\(\s*["']([a-z0-9-]+)["']""")
# Bytes, packed, of our own scripts on a page. Editors of administrators come on their pages alone.
BUDGETS = {"js/portal.js": 25 * 1024, "js/workspace.js": 25 * 1024, "js/admin.js": 30 * 1024}
LONGEST = 150  # lines of a script


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_nothing_is_inline(path: Path) -> None:
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(path.read_text())]
    assert not found


def test_every_icon_is_in_the_sprite() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', (FOLDER / "icons.svg").read_text()))
    used = {(page.name, name) for page in PAGES for name in ICON.findall(page.read_text())}
    assert len(used) > 10
    assert not {(page, name) for page, name in used if name not in known}


def test_scripts_keep_their_budget() -> None:
    ours = Assets()
    for bundle, budget in BUDGETS.items():
        assert len(gzip.compress(ours.content(bundle), 9)) <= budget
    long = {path.name for path in SCRIPTS if len(path.read_text().splitlines()) > LONGEST}
    assert not long


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_run_under_the_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r"\beval\(|new Function|\.innerHTML|insertAdjacentHTML|document\.write", text
    )
    assert text.startswith("// "), "a script says in its first line what it is for"
