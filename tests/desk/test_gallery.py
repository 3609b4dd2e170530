"""The gallery of triggers: what can be filled in can be saved, and its sample holds."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from core.i18n import LOCALES, use_locale
from desk import catalog
from desk.automation import gallery, library
from desk.automation.definition import problems_in
from desk.automation.gallery import Template
from desk.automation.library import BadRule, NewVersion
from models import ClientCategory, CounterPolicy, Staff
from tests.support.gallery import filled_in

KEYS = [each.key for each in gallery.templates()]


@pytest.fixture(autouse=True)
def _a_company(app: Flask, masha: Staff) -> None:
    with bus.unit_of_work():
        db.session.add(ClientCategory(key="key", name_ru="Ключевой", name_en="Key"))
        db.session.add(CounterPolicy(key="late", name_ru="Долго", kind="no_answer", position=0))
        catalog.changed()


def test_there_are_at_least_twelve() -> None:
    assert len(KEYS) == len(set(KEYS)) >= 12


@pytest.mark.one_database
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("key", KEYS)
def test_it_is_saved_when_its_holes_are_filled_and_its_sample_holds(
    key: str, language: str, anton: Staff
) -> None:
    template = gallery.template_named(key)
    assert isinstance(template, Template)
    with bus.unit_of_work(), use_locale(language):
        made = template.definition()
        if problems_in(made):
            assert template.proof(made) is None
            with pytest.raises(BadRule):
                library.create(NewVersion(made, template.name), by=anton, state="on")
        whole = filled_in(made)
        rule = library.create(NewVersion(whole, template.name), by=anton, state="on")
        proof = template.proof(library.version_of(rule).definition)
        assert proof is not None
        assert proof.holds


@pytest.mark.one_database
def test_holes_are_where_only_the_company_knows(app: Flask) -> None:
    with bus.unit_of_work(writes=False):
        found = {each.key: each.holes() for each in gallery.templates()}
    assert found["received"] == []
    assert found["delay"] == ["then.0"]
    assert found["status_to_specialist"] == ["if.0", "then.1"]


@pytest.mark.one_database
@pytest.mark.parametrize("language", LOCALES)
def test_samples_notes_and_tags_are_in_the_language_of_the_administrator(
    app: Flask, language: str
) -> None:
    with bus.unit_of_work(writes=False), use_locale(language):
        for template in gallery.templates():
            made = template.definition()
            told = [template.said]
            for stored in made["then"]:
                told += [str(stored[name]) for name in ("value", "reason") if name in stored]
                told += [stored["text"]] if isinstance(stored.get("text"), str) else []
            has_russian = any("а" <= letter <= "я" for text in told for letter in text.lower())
            assert has_russian == (language == "ru"), (template.key, told)
