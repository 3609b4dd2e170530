"""Everything that rules are made of is declared once, named in both languages, and tested."""

from pathlib import Path
from typing import Any

import pytest

from core.i18n import _, use_locale
from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.definition import USUAL, event_kinds
from desk.automation.fields import FIELDS
from desk.automation.operators import OPERATORS
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.shapes import SHAPES
from desk.automation.types import IsoDate, Number, Text, YesNo

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "fields": FIELDS,
    "operators": OPERATORS,
    "actions": ACTIONS,
    "placeholders": PLACEHOLDERS,
}
ENTRIES = [
    pytest.param(folder, entry, id=f"{folder}-{key}")
    for folder, found in FOLDERS.items()
    for key, entry in found.items()
]
MADE = {"fields": {"custom"}}  # files that declare no entry of their own
TESTS = "\n".join(
    path.read_text()
    for path in [
        *(ROOT / "tests" / "desk").glob("test_automation*.py"),
        ROOT / "tests" / "unit" / "test_rule_conditions.py",
    ]
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_file_declares_one_entry(folder: str) -> None:
    files = {path.stem for path in (ROOT / "desk" / "automation" / folder).glob("[a-z]*.py")}
    modules = {type(entry).__module__.rpartition(".")[2] for entry in FOLDERS[folder].values()}
    assert modules == files - MADE.get(folder, set())
    assert len(modules) == len(FOLDERS[folder])


@pytest.mark.parametrize(("folder", "entry"), ENTRIES)
def test_is_named_in_both_languages(folder: str, entry: Any) -> None:
    texts = [entry.label, *filter(None, [getattr(entry, "phrase", "")])]
    texts += [param.label for param in getattr(entry, "params", ())]
    for text in texts:
        with use_locale("en"):
            assert _(text).strip()
        with use_locale("ru"):
            russian = _(text).strip()
        plain = text.replace("%(field)s", "").replace("%(value)s", "")
        if any(letter.isalpha() for letter in plain):
            assert russian != text, f"{folder}: {text!r} is not in Russian"


@pytest.mark.parametrize(("folder", "entry"), ENTRIES)
def test_has_a_test(folder: str, entry: Any) -> None:
    assert f'"{entry.key}"' in TESTS or "in PLACEHOLDERS" in TESTS and folder == "placeholders"


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_can_be_asked(field: Any) -> None:
    fitting = [
        each for each in OPERATORS.values() if each.suits(field.type, has_history=field.has_history)
    ]
    assert fitting, field.key
    assert field.section in ("ticket", "message", "client", "time")


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
def test_an_operator_is_used_by_a_field(operator: Any) -> None:
    own = [(kind, True) for kind in (IsoDate(), Number(), YesNo(), Text())]
    types = [*((field.type, field.has_history) for field in FIELDS.values()), *own]
    assert any(operator.suits(kind, has_history=has) for kind, has in types)
    assert operator.shape in SHAPES


def test_history_of_a_field_is_that_of_events() -> None:
    told = {name for name, field in FIELDS.items() if field.has_history}
    assert told == set(events.FIELD_EVENTS)


def test_an_action_writes_what_history_knows() -> None:
    written = {name for action in ACTIONS.values() for name in action.writes}
    assert written <= set(events.FIELD_EVENTS)
    assert ACTIONS["set_field"].writes_of({"value": {"field": "till"}}) == ("field.till",)


def test_the_usual_events_exist() -> None:
    assert set(USUAL) <= {*events.KINDS, "ticket_updated"}
    assert list(events.KINDS)


@pytest.mark.one_database
def test_events_have_names(app: Any) -> None:
    for code in ("ru", "en"):
        with use_locale(code):
            assert all(event_kinds().values())
