"""Groups of synonyms: kept by administrators, in force at once, in every process."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import synonyms
from desk.automation import conditions_hold
from desk.automation.ruleset import current
from desk.errors import Invalid, NotFound, Stale
from models import Client, EventRecord, Staff, SynonymGroup
from tests.support.rules import case, cond, do, given, without_rules
from tests.support.statements import statements
from tests.support.tickets import opened

COURIER = {"all": [cond("text", "words", {"phrases": ["курьер опоздал"]})]}


def made(by: Staff, *said: str) -> int:
    with bus.unit_of_work():
        return synonyms.create(said, by=by).id


def test_a_group_is_in_force_at_once_and_until_it_goes(
    app: Flask, ivan: Client, anton: Staff
) -> None:
    without_rules()
    given("Курьеры", "ticket_created", [do("add_tag", ["курьер"])], *COURIER["all"])
    before = opened(ivan, "Водитель опоздал").number
    number = made(anton, "курьер", "водитель", "доставщик")
    with_group = opened(ivan, "Водитель опоздал").number
    with bus.unit_of_work():
        synonyms.change(synonyms.group_for(number), ["курьер", "доставщик"], base=1, by=anton)
    without_word = opened(ivan, "Водитель опоздал").number
    with bus.unit_of_work():
        synonyms.undelete(number, by=anton)  # it is there: nothing happens
        synonyms.delete(synonyms.group_for(number), by=anton)
    after = opened(ivan, "Доставщик опоздал").number
    with bus.unit_of_work():
        synonyms.undelete(number, by=anton)
    again = opened(ivan, "Доставщик опоздал").number
    found = [n for n in (before, with_group, without_word, after, again) if case(n).tag_names]
    assert found == [with_group, again]


def test_counters_and_others_who_ask_conditions_know_it_too(
    app: Flask, ivan: Client, anton: Staff
) -> None:
    number = opened(ivan, "Водитель опоздал").number
    with bus.unit_of_work(writes=False):
        assert not conditions_hold(COURIER, case(number))
    made(anton, "курьер", "водитель")
    with bus.unit_of_work(writes=False):
        assert conditions_hold(COURIER, case(number))


def test_words_are_made_tidy(app: Flask, anton: Staff) -> None:
    made(anton, " Личный   кабинет ", "ЛК", "", "личного кабинета")
    (group,) = synonyms.groups()
    assert group.words == ["Личный кабинет", "ЛК"]


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["курьер"],
        ["курьер", "курьеры"],
        ["курьер", "…"],
        ["курьер", "x" * 61],
        [f"слово{n}" for n in range(41)],
        ["Доставщики", "экспедитор"],
    ],
    ids=["nothing", "one", "one in two forms", "no letters", "long", "many", "taken"],
)
def test_what_makes_no_group_is_refused(app: Flask, anton: Staff, said: list[str]) -> None:
    made(anton, "доставщик", "курьер-экспедитор")
    with pytest.raises(Invalid) as refused, bus.unit_of_work():
        synonyms.create(said, by=anton)
    assert refused.value.field == "words"
    assert len(synonyms.groups()) == 1


def test_one_of_two_who_change_it_is_told(app: Flask, anton: Staff) -> None:
    number = made(anton, "курьер", "водитель")
    with bus.unit_of_work():
        group = synonyms.group_for(number)
        assert synonyms.change(group, ["курьер", "доставщик"], base=1, by=anton)
        assert not synonyms.change(group, ["курьер", "доставщик"], base=2, by=anton)
    with pytest.raises(Stale), bus.unit_of_work():
        synonyms.change(synonyms.group_for(number), ["курьер", "шофёр"], base=1, by=anton)


def test_what_is_gone_is_not_there_and_its_words_are_free(app: Flask, anton: Staff) -> None:
    number = made(anton, "курьер", "водитель")
    with bus.unit_of_work():
        synonyms.delete(synonyms.group_for(number), by=anton)
    with pytest.raises(NotFound):
        synonyms.group_for(number)
    with pytest.raises(NotFound):
        synonyms.group_for(2**40)
    made(anton, "водитель", "шофёр")
    with pytest.raises(Invalid), bus.unit_of_work():
        synonyms.undelete(number, by=anton)


def test_each_change_is_recorded(app: Flask, anton: Staff) -> None:
    number = made(anton, "курьер", "водитель")
    with bus.unit_of_work():
        synonyms.change(synonyms.group_for(number), ["курьер", "шофёр"], base=1, by=anton)
        synonyms.delete(synonyms.group_for(number), by=anton)
    records = db.session.query(EventRecord).filter_by(kind="settings_changed")
    told = [row.data for row in records.order_by(EventRecord.id)]
    assert [(one["before"], one["after"]) for one in told if one["what"] == "synonyms"] == [
        ([], ["курьер", "водитель"]),
        (["курьер", "водитель"], ["курьер", "шофёр"]),
        (["курьер", "шофёр"], []),
    ]


def test_they_are_read_once_a_revision(app: Flask, ivan: Client, anton: Staff) -> None:
    made(anton, "курьер", "водитель")
    with bus.unit_of_work(writes=False):
        current()
        synonyms.in_force()
    with bus.unit_of_work(writes=False), statements() as asked:
        current()
        synonyms.in_force()
    assert not [one for one in asked if "synonym" in one]
    assert db.session.query(SynonymGroup).count() == 1
