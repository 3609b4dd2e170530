"""Bundles and addresses of static files."""

import json
import re
from pathlib import Path

import pytest

from core.assets import FOLDER, Assets, static_url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("outside")
    inside = tmp_path / "static"
    (inside / "css").mkdir(parents=True)
    (inside / "css" / "one.css").write_text("a {}\n\n")
    (inside / "css" / "two.css").write_text("b {}")
    parts = {"css/all.css": ["css/two.css", "css/one.css"]}
    (inside / "bundles.json").write_text(json.dumps(parts))
    return inside


def test_a_bundle_is_its_parts_in_order(folder: Path) -> None:
    assert Assets(folder).content("css/all.css") == b"b {}\na {}\n"


def test_the_address_changes_with_the_content(folder: Path) -> None:
    before = Assets(folder).url("css/all.css")
    assert before.startswith("/static/css/all.css?v=")
    assert Assets(folder).url("css/all.css") == before
    (folder / "css" / "one.css").write_text("a { color: red }")
    assert Assets(folder).url("css/all.css") != before


def test_files_are_looked_at_once_unless_fresh(folder: Path) -> None:
    kept, fresh = Assets(folder), Assets(folder, fresh=True)
    before = kept.url("css/one.css"), fresh.url("css/one.css")
    (folder / "css" / "one.css").write_text("c {}")
    assert kept.url("css/one.css") == before[0]
    assert fresh.url("css/one.css") != before[1]


@pytest.mark.parametrize("name", ["nothing.css", "../secret.txt", "css", "/etc/hostname"])
def test_only_files_of_the_folder(folder: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        Assets(folder).content(name)


def test_every_part_of_every_bundle_is_there() -> None:
    ours = Assets()
    assert {name: len(ours.content(name)) > 0 for name in ours.bundles} == dict.fromkeys(
        ours.bundles, True
    )
    assert static_url("js/workspace.js").startswith("/static/js/workspace.js?v=")


def test_every_style_and_script_is_used() -> None:
    """In a bundle, or asked for by a template (loader.js comes before the bundle)."""
    bundles = Assets().bundles
    templates = FOLDER.parent / "templates"
    asked = {
        name
        for page in templates.rglob("*.html")
        for name in re.findall(r"static_url\(['\"]((?:css|js)/[^'\"]+)['\"]\)", page.read_text())
    }
    used = {part for parts in bundles.values() for part in parts} | asked
    used -= set(bundles)
    there = {
        str(path.relative_to(FOLDER))
        for kind in ("css", "js")
        for path in (FOLDER / kind).iterdir()
    }
    assert there == used
