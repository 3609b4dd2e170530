"""Agents find tickets by the words that were said on them."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import access, search, tickets
from desk.files import Upload
from desk.tickets import NewTicket
from models import Client, Staff, Ticket
from models.search import CaseIndex


@pytest.fixture
def opened(app: Flask, ivan: Client, masha: Staff) -> dict[str, int]:
    """Three tickets of Ivan's by key."""
    said = {
        "late": ("Задержка доставки", "Курьер не приехал к обеду."),
        "repair": ("Сломался сканер", "После падения не включается, нужен ремонт."),
        "late_again": ("Снова ждём", "С доставкой опять задержки, третий раз за неделю."),
    }
    with bus.unit_of_work():
        return {
            key: tickets.open_ticket(NewTicket(subject, text), requester=ivan).id
            for key, (subject, text) in said.items()
        }


def found(query: str, who: Staff | Client | None = None) -> list[int]:
    with bus.unit_of_work(writes=False):
        allowed = access.visible_cases(who) if who else None
        return search.search_cases(query, allowed=allowed)


def test_all_words_in_any_form_the_newest_first(opened: dict[str, int]) -> None:
    assert found("задержками доставок ") == [opened["late_again"], opened["late"]]
    assert found("сканер ремонт") == [opened["repair"]]


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        ("посылка", "посылок"),
        ("окно", "окон"),
        ("письмо", "писем"),
        ("настройка", "настроек"),
        ("звонка", "звонок"),
        ("владельца", "владелец"),
        ("дня", "дней"),
        ("деньги", "денег"),
        ("деревня", "деревень"),
    ],
)
def test_a_vowel_that_comes_and_goes(
    opened: dict[str, int], ivan: Client, said: str, sought: str
) -> None:
    with bus.unit_of_work():
        one, other = (
            tickets.open_ticket(NewTicket("Вопрос", text), requester=ivan).id
            for text in (said, sought)
        )
    for query in (said, sought, f"{said} ", f"{sought} вопрос "):
        assert found(query) == [other, one], query


def test_a_vowel_that_stays_is_not_taken_out(opened: dict[str, int], ivan: Client) -> None:
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Вопрос", "банк и блокировка"), requester=ivan)
    assert found("балок ") == []
    assert len(found("блок")) == 1


def test_a_word_is_found_while_it_is_typed(opened: dict[str, int]) -> None:
    assert found("скан") == [opened["repair"]]
    assert found("задерж дост") == [opened["late_again"], opened["late"]]


def test_any_of_the_words_when_none_has_all(opened: dict[str, int]) -> None:
    assert found("ремонт доставка ") == [opened["repair"], opened["late_again"], opened["late"]]


def test_the_wrong_layout(opened: dict[str, int]) -> None:
    assert found("crfyth") == [opened["repair"]]


def test_what_is_said_later_is_found_at_once(
    opened: dict[str, int], ivan: Client, masha: Staff
) -> None:
    with bus.unit_of_work():
        case = access.case_for(masha, opened["repair"])
        assert isinstance(case, Ticket)
        tickets.reply(case, "Отправьте сканер в мастерскую на Лесной.", by=masha)
        tickets.add_note(case, "Гарантия до марта", by=masha)
    assert found("мастерская") == [opened["repair"]]
    assert found("гарантия сканер") == [opened["repair"]]
    assert found("падение") == [opened["repair"]]


def test_a_file_is_found_by_the_words_of_its_name(
    opened: dict[str, int], ivan: Client, masha: Staff
) -> None:
    with bus.unit_of_work():
        case = access.case_for(masha, opened["repair"])
        tickets.client_reply(case, "", by=ivan, uploads=[Upload("k" * 64, "Акт_сверки-7.pdf", 3)])
    assert found("сверка") == found("акт pdf") == [opened["repair"]]
    with bus.unit_of_work():
        search.reindex_cases()
    assert found("сверка") == [opened["repair"]]
    assert found("сканер сверка") == [opened["repair"]]


def test_a_new_subject_is_found(opened: dict[str, int], masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.set_subject(access.case_for(masha, opened["late"]), "Пропал курьер", by=masha)
    assert found("пропавший курьер ") == [opened["late"]]


def test_only_what_may_be_seen(opened: dict[str, int], galina: Client, ivan: Client) -> None:
    assert found("доставка", ivan) == [opened["late_again"], opened["late"]]
    assert found("доставка", galina) == []


def test_a_case_taken_out_is_not_found(opened: dict[str, int]) -> None:
    with bus.unit_of_work():
        search.forget_case(opened["repair"])
    assert found("сканер") == []


def test_the_index_made_anew_finds_the_same(opened: dict[str, int], masha: Staff) -> None:
    with bus.unit_of_work():
        assert search.reindex_cases() == 3
    assert found("сканер ремонт") == [opened["repair"]]
    with bus.unit_of_work():
        case = access.case_for(masha, opened["late"])
        tickets.add_note(case, "Позвонить Галине", by=masha)
    assert found("галина") == [opened["late"]]


def test_the_index_is_made_anew_while_people_write(
    opened: dict[str, int], masha: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.search.anew.SOME", 1)
    with bus.unit_of_work():
        row = db.session.get_one(CaseIndex, opened["repair"])
        db.session.delete(row)  # lost behind the search's back: its words are still in the engine

    def write(done: int) -> None:
        with bus.unit_of_work():
            case = access.case_for(masha, opened["late" if done == 2 else "late_again"])
            tickets.add_note(case, f"Голубятня{done}", by=masha)

    assert search.reindex_cases(write) == 3
    assert found("сканер") == [opened["repair"]]
    assert found("голубятня2") == [opened["late"]]
    assert found("голубятня1 ") == found("голубятня3 ") == [opened["late_again"]]


def test_a_common_word_costs_no_more_than_its_newest_cases(
    opened: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.search.cases.NEWEST", 1)
    assert found("доставка ") == [opened["late_again"]]


def test_who_asks_is_found_by_name_and_address(app: Flask, ivan: Client, galina: Client) -> None:
    with bus.unit_of_work():
        first = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan).number
        tickets.open_ticket(NewTicket("Тема", "Текст"), requester=galina)
    for remade in (False, True):
        with bus.unit_of_work():
            if remade:
                search.reindex_cases()
            for words in ("Иван Петров", "ivan@sevsklad.example"):
                assert search.search_cases(words) == [first], (words, remade)
