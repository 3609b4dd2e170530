"""docs/triggers.md and its Russian sister name everything there is."""

import re
from itertools import chain
from pathlib import Path

from flask import Flask

from core import bus
from core.i18n import _, use_locale
from desk import events
from desk.automation.actions import ACTIONS
from desk.automation.definition import all_event_kinds
from desk.automation.fields import FIELDS
from desk.automation.operators import OPERATORS
from desk.automation.placeholders import PLACEHOLDERS

ROOT = Path(__file__).parents[2]


def test_the_page_on_triggers_is_complete() -> None:
    page = (ROOT / "docs" / "triggers.md").read_text()
    named = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", page))
    heard = {kind for kind, cls in events.KINDS.items() if cls.label and "dialog" not in kind}
    for found in (ACTIONS, FIELDS, OPERATORS, PLACEHOLDERS, heard):
        assert set(found) <= named, set(found) - named


def test_the_russian_page_names_them_as_the_editor_does(app: Flask) -> None:
    page = (ROOT / "docs" / "triggers.ru.md").read_text()
    with use_locale("ru"), bus.unit_of_work(writes=False):
        asked = chain(FIELDS.values(), OPERATORS.values())
        names = [*(_(each.label) for each in asked), *map(_, all_event_kinds().values())]
    missing = [name for name in names if f"«{name}»" not in page]
    missing += [name for name in PLACEHOLDERS if f"{{{{ {name} }}}}" not in page]
    assert missing == []


def test_both_pages_tell_where_a_sentence_ends() -> None:
    for name, told in (("triggers.md", "full stop"), ("triggers.ru.md", "через точку")):
        page = (ROOT / "docs" / name).read_text()
        assert told in page
        assert "Задержан рейс. Доставка пришла" in page
