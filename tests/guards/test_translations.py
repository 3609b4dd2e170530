"""Every text for people is in Russian too, and nothing is left half done."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from core import i18n

ROOT = Path(__file__).parents[2]
PYTHON = ("core", "models", "desk", "channels", "blueprints", "scheduler", "commands", "demo")
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
AREAS = sorted((ROOT / "translations" / "ru").glob("*.po"))


def texts() -> dict[object, str]:
    """msgid (or pair of singular and plural) -> where it stands."""
    found: dict[object, str] = {}
    for folder in PYTHON:
        for file, line, message, *_rest in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        ):
            found[message] = f"{folder}/{file}:{line}"
    for file, line, message, *_rest in extract_from_dir(
        ROOT / "templates",
        [("**.html", "jinja2"), ("**.txt", "jinja2")],
        options_map={"**": {"trimmed": "true", "silent": "false"}},
        keywords=KEYWORDS,
    ):
        found[message] = f"templates/{file}:{line}"
    return found


@pytest.fixture(scope="module")
def russian() -> dict[object, Message]:
    merged = i18n.merged("ru", AREAS)
    return {message.id: message for message in merged if message.id}


def test_every_text_has_a_russian_one(russian: dict[object, Message]) -> None:
    known = {key[0] if isinstance(key, tuple) else key for key in russian}
    missing = {
        key: where
        for key, where in texts().items()
        if (key[0] if isinstance(key, tuple) else key) not in known
    }
    assert not missing, "\n".join(f"{where}: {key!r}" for key, where in missing.items())


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.name)
def test_nothing_is_fuzzy_empty_or_broken(area: Path) -> None:
    with area.open("rb") as file:
        catalog = read_po(file, locale="ru")
    for message in catalog:
        if not message.id:
            continue
        assert not message.fuzzy, f"{area.name}: {message.id!r} is fuzzy"
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"{area.name}: {message.id!r} has no text"
        if isinstance(message.id, tuple):
            assert len(forms) == 3, f"{area.name}: Russian has three plural forms: {message.id!r}"
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        for form in forms:
            assert set(PLACEHOLDER.findall(form)) <= wanted, f"{area.name}: {message.id!r}"


def test_no_translation_is_left_over(russian: dict[object, Message]) -> None:
    used = {key[0] if isinstance(key, tuple) else key for key in texts()}
    known = {key[0] if isinstance(key, tuple) else key for key in russian}
    assert not known - used, f"no longer used: {sorted(known - used)}"
