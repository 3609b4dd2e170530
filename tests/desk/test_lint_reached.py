"""A conflict is shown on a ticket that comes to both triggers, with all of them in force."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.i18n import use_locale
from desk.automation import lint
from desk.automation.lint import DRAFT, Finding, Source
from models import Staff
from tests.support.rules import cond, definition, do

pytestmark = pytest.mark.one_database
Definition = dict[str, Any]
CREATED = "ticket_created"


def words(*phrases: str, mode: str = "any") -> Definition:
    value = {"phrases": list(phrases), "mode": mode, "within": 3, "guard_negation": True}
    return cond("text", "words", value)


def conflicts(*definitions: Definition, watching: tuple[int, ...] = ()) -> dict[int, list[Finding]]:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        given = [
            Source(at, f"Правило {at}", one, acts=at not in watching)
            for at, one in enumerate(definitions, 1)
        ]
        found = lint.findings(given)
    told = {at: [one for one in its if one.kind == "conflict"] for at, its in found.items()}
    return {at: its for at, its in told.items() if its}


def text_of(one: Finding) -> str:
    return next(seen.value for seen in one.ticket if seen.name == "Текст")


TWICE = definition(CREATED, [do("set_priority", 4)], words("charged twice", "двойная оплата"))
TERMINAL = definition(CREATED, [do("set_priority", 2)], words("терминал"))


def test_the_ticket_passes_the_trigger_that_stops_above(app: Flask) -> None:
    stop = definition(CREATED, [do("add_tag", ["деньги"])], words("charged twice"), stop=True)
    found = conflicts(stop, TERMINAL, TWICE)
    assert found.keys() == {2, 3}
    (one,) = found[2]
    assert "charged twice" not in text_of(one)
    assert {"двойная", "терминал"} <= set(text_of(one).replace(".", " ").split())
    assert "останавливает" not in one.message


def test_says_so_where_no_ticket_comes_to_both(app: Flask) -> None:
    """Each of the two has tickets of its own, but what both are for is stopped above."""
    asked = [words("терминал"), words("charged twice", "двойная оплата")]
    stop = definition(CREATED, [do("add_tag", ["деньги"])], *asked, stop=True)
    found = conflicts(stop, TERMINAL, TWICE)
    assert found.keys() == {2, 3}
    for (one,) in found.values():
        assert "Сейчас до этого не доходит: раньше останавливает «Правило 1»." in one.message


def test_two_that_stop_are_both_passed(app: Flask) -> None:
    first = definition(CREATED, [do("add_tag", ["а"])], words("charged twice"), stop=True)
    second = definition(CREATED, [do("add_tag", ["б"])], cond("channel", "is", "portal"), stop=True)
    (one,) = conflicts(first, second, TERMINAL, TWICE)[3]
    assert "charged twice" not in text_of(one)
    assert "Сейчас" not in one.message


def test_one_that_only_watches_stops_nobody(app: Flask) -> None:
    stop = definition(CREATED, [do("add_tag", ["деньги"])], words("терминал"), stop=True)
    (one,) = conflicts(stop, TERMINAL, TWICE, watching=(1,))[2]
    assert "Сейчас" not in one.message


def test_two_that_set_a_field_are_told_whatever_another_order_would_do(app: Flask) -> None:
    """The lower one wins in both orders: the upper one then finds the field set already."""
    upper = definition(
        CREATED, [do("set_priority", 3)], words("доставка"), cond("priority", "is", 2)
    )
    lower = definition(CREATED, [do("set_priority", 4)], words("задержка доставки"))
    found = conflicts(upper, lower)
    assert found.keys() == {1, 2}
    assert text_of(found[1][0]) == "доставка. задержка доставки"


def test_one_that_goes_on_from_another_is_at_odds_with_nobody(app: Flask) -> None:
    upper = definition(CREATED, [do("set_priority", 3)], cond("channel", "is", "email"))
    lower = definition(CREATED, [do("set_priority", 4)], cond("priority", "is", 3))
    assert not conflicts(upper, lower)


def test_a_draft_is_shown_on_such_a_ticket_too(app: Flask) -> None:
    stop = definition(CREATED, [do("add_tag", ["деньги"])], words("charged twice"), stop=True)
    with bus.unit_of_work(writes=False), use_locale("ru"):
        others = [Source(1, "Стоп", stop), Source(2, "Терминал", TERMINAL)]
        found = lint.findings_of_draft(TWICE, others, name="Дважды")
    (one,) = [each for each in found if each.kind == "conflict"]
    assert one.others[0].id == 2 != DRAFT
    assert "charged twice" not in text_of(one)


def test_a_cascade_is_no_conflict(app: Flask, masha: Staff, sergey: Staff) -> None:
    """The usual way to sort: each rule takes what those above it have left."""
    free = cond("assignee", "empty")
    by_words = definition(CREATED, [do("assign_person", sergey.id)], words("ремонт"), free)
    assert not conflicts(by_words, definition(CREATED, [do("assign_person", masha.id)], free))
    unasked = definition(CREATED, [do("assign_person", masha.id)], cond("channel", "is", "email"))
    assert conflicts(by_words, unasked).keys() == {1, 2}


def test_who_only_raises_is_at_odds_with_nobody(app: Flask) -> None:
    def raised(to: int, phrase: str) -> dict[str, Any]:
        return definition(
            CREATED, [do("set_priority", to)], words(phrase), cond("priority", "lt", to)
        )

    assert not conflicts(raised(3, "доставка"), raised(4, "срочно"))
    assert not conflicts(raised(4, "срочно"), raised(3, "доставка"))
