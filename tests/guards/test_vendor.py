"""Files of others under static/vendor are the ones that vendor.json names, to the byte."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from core.security import CDN

FOLDER = Path(__file__).parents[2] / "static" / "vendor"
ENTRIES = json.loads((FOLDER / "vendor.json").read_text())
NAMES = [entry["name"] for entry in ENTRIES]


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_file_has_its_hash(entry: dict[str, str]) -> None:
    digest = hashlib.sha384((FOLDER / entry["file"]).read_bytes()).digest()
    assert entry["integrity"] == "sha384-" + base64.b64encode(digest).decode()


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_licence_lies_beside(entry: dict[str, str]) -> None:
    assert entry["licence"]
    assert (FOLDER / entry["licence_file"]).read_text().strip()


def test_nothing_lies_here_that_is_not_listed() -> None:
    listed = {entry[key] for entry in ENTRIES for key in ("file", "licence_file")}
    assert {path.name for path in FOLDER.iterdir()} == listed | {"vendor.json"}


def test_the_cdn_gives_the_pinned_version() -> None:
    remote = [entry for entry in ENTRIES if "cdn" in entry]
    assert [entry["name"] for entry in remote] == ["htmx.org"]
    for entry in remote:
        package = f"{entry['name']}@{entry['version']}"
        assert entry["cdn"] == f"{CDN}/npm/{package}/dist/{entry['file']}"
