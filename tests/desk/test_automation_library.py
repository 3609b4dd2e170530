"""Verbs of administrators on triggers, doubts about definitions, and the first triggers."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import catalog, tickets
from desk.automation import explain, firings, library, sentence_of
from desk.automation.definition import problems_in
from desk.automation.library import BadRule, ChangedMeanwhile, NewVersion
from desk.automation.lint import warnings
from desk.automation.pieces import plain
from desk.automation.reasons import reasons_of
from desk.automation.starter import ensure_starter_rules
from models import Client, EventRecord, Staff, Status
from tests.support.rules import (
    case,
    cond,
    decisions,
    definition,
    do,
    given,
    mail,
    outbox,
    rule,
    runs,
    status,
    without_rules,
)
from tests.support.tickets import opened

CREATED = "ticket_created"


@pytest.fixture
def alone(app: Flask) -> None:
    without_rules()


def test_an_installation_begins_with_three(app: Flask, ivan: Client, masha: Staff) -> None:
    assert [each.state for each in library.rules()] == ["on", "on", "on"]
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.solve(case(number), by=masha)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ещё не всё", by=ivan)
    assert case(number).status_id == status("in_work")
    subjects = [item.payload["subject"] for item in outbox()]
    assert subjects == [
        f"Приняли ваше обращение № {number}",
        f"Обращение № {number} решено",
    ]
    assert "Иван" in outbox()[0].payload["text"]
    assert "10:00" in outbox()[0].payload["text"]


def test_the_first_ones_come_once(app: Flask) -> None:
    without_rules()
    with bus.unit_of_work():
        ensure_starter_rules()
    assert library.rules() == []


def test_every_change_is_recorded_and_takes_effect(alone: None, ivan: Client, anton: Staff) -> None:
    number = given("Правило", CREATED, [do("set_priority", 3)])
    with bus.unit_of_work():
        new = NewVersion(definition(CREATED, [do("set_priority", 4)]), "Правило")
        library.save(rule(number), new, base=1, by=anton)
    assert case(opened(ivan).number).priority == 4
    with bus.unit_of_work():
        assert library.set_state(rule(number), "off", by=anton)
        assert not library.set_state(rule(number), "off", by=anton)
    assert case(opened(ivan).number).priority == 2
    told = db.session.query(EventRecord).filter_by(kind="rule_changed").order_by(EventRecord.id)
    mine = [record for record in told if record.data["rule"] == number]
    assert [record.data["what"] for record in mine] == ["created", "saved", "off"]
    assert mine[-1].actor_id == anton.id


def test_nothing_of_a_version_is_ever_changed(alone: None, anton: Staff) -> None:
    number = given("Правило", CREATED, [do("set_priority", 3)])
    with bus.unit_of_work():
        same = NewVersion(definition(CREATED, [do("set_priority", 3)]), "Новое имя")
        library.save(rule(number), same, base=1, by=anton)
        assert (rule(number).version_number, rule(number).name_ru) == (2, "Новое имя")
        library.save(rule(number), same, base=2, by=anton)
        assert rule(number).version_number == 2, "nothing new is no version"
    with pytest.raises(ChangedMeanwhile), bus.unit_of_work():
        library.save(rule(number), NewVersion(same.definition, "Имя другого"), base=1, by=anton)
    assert (rule(number).version_number, rule(number).name_ru) == (2, "Новое имя")


BAD: list[tuple[dict[str, Any], str]] = [
    ({"on": []}, "on"),
    ({"on": ["moon_rose"]}, "on"),
    ({"then": []}, "then"),
    ({"then": [do("fly", 1)]}, "then.0"),
    ({"then": [do("set_priority", "high")]}, "then.0"),
    ({"then": [mail(text=" ")]}, "then.0"),
    ({"then": [mail(text="{{ secret }}")]}, "then.0"),
    ({"then": [mail("address", address="not an address")]}, "then.0"),
    ({"then": [do("add_note", text="x" * 10_001)]}, "then.0"),
    ({"run": "sometimes"}, "run"),
    ({"if": {"all": [cond("mood", "is", 1)]}}, "if.0"),
    ({"if": {"all": [cond("status", "contains", "x")]}}, "if.0"),
    ({"if": {"all": [cond("channel", "became", ["portal"])]}}, "if.0"),
    ({"if": {"all": [cond("text", "words", {"phrases": ["!!!"]})]}}, "if.0"),
    ({"if": {"all": [{"any": []}]}}, "if.0"),
    ({"if": {"all": [{"any": [{"none": [{"all": [cond("line", "is", 1)]}]}]}]}}, "if.0.0.0"),
    ({"if": {"all": [cond("line", "is", 1)] * 61}}, "if"),
    ({"if": {"all": "everything"}}, "if"),
]


@pytest.mark.parametrize(("part", "where"), BAD, ids=str)
def test_unsound_definitions_are_refused(
    alone: None, anton: Staff, part: dict[str, Any], where: str
) -> None:
    bad = definition(CREATED, [do("set_priority", 3)]) | part
    with bus.unit_of_work(writes=False):
        assert [problem.where for problem in problems_in(bad)][:1] == [where]
    with pytest.raises(BadRule) as refused, bus.unit_of_work():
        library.create(NewVersion(bad, "Плохое"), by=anton)
    assert refused.value.problems[0].where == where


@pytest.mark.parametrize(
    "part",
    [
        {"if": {"all": [cond("status", "any_of", [999])]}},
        {"if": {"all": [cond("status", "changed_from_to", {"from": [999], "to": []})]}},
        {"then": [do("assign_person", 999)]},
    ],
    ids=str,
)
def test_what_is_not_there_is_refused(alone: None, anton: Staff, part: dict[str, Any]) -> None:
    bad = definition(CREATED, [do("set_priority", 3)]) | part
    with pytest.raises(BadRule, match="удалено"), bus.unit_of_work():
        library.create(NewVersion(bad, "Плохое"), by=anton)


@pytest.mark.parametrize("name", ["", " ", "я" * 201])
def test_names_are_checked(alone: None, anton: Staff, name: str) -> None:
    with pytest.raises(BadRule) as refused, bus.unit_of_work():
        new = NewVersion(definition(CREATED, [do("set_priority", 3)]), name)
        library.create(new, by=anton)
    assert refused.value.field == "name"


def test_a_note_that_is_too_long_is_told_at_the_note(alone: None, anton: Staff) -> None:
    with pytest.raises(BadRule) as refused, bus.unit_of_work():
        good = definition(CREATED, [do("set_priority", 3)])
        library.create(NewVersion(good, "Хорошее", note="я" * 501), by=anton)
    assert [problem.where for problem in refused.value.problems] == ["note"]


def test_copies_are_counted_on(alone: None, anton: Staff) -> None:
    long = "я" * library.MAX_NAME
    with bus.unit_of_work():
        good = definition(CREATED, [do("set_priority", 3)])
        first = library.create(NewVersion(good, "Ждём", "Wait"), by=anton)
        last = library.create(NewVersion(good, long), by=anton)
        copies = [library.duplicate(each, by=anton) for each in (first, first, last, last)]
        again = library.duplicate(copies[0], by=anton)
    assert [each.name_ru for each in copies[:2]] == ["Ждём (2)", "Ждём (3)"]
    assert [each.name_en for each in (*copies[:2], again)] == ["Wait (2)", "Wait (3)", "Wait (4)"]
    assert [each.name_ru for each in copies[2:]] == [f"{long[:-4]} (2)", f"{long[:-4]} (3)"]


HIGH, LOW = cond("priority", "is", 3), cond("priority", "is", 1)
DOUBTS: list[tuple[dict[str, Any], str]] = [
    (definition("ticket_updated", [do("add_tag", ["х"])]), "if"),
    (definition(CREATED, [do("add_tag", ["х"])], HIGH, LOW), "if.1"),
    (definition(CREATED, [do("add_tag", ["х"])], HIGH, cond("priority", "is_not", 3)), "if.1"),
    (
        definition(CREATED, [do("add_tag", ["х"])], cond("assignee", "empty"),
                   cond("assignee", "not_empty")),
        "if.1",
    ),
    (definition(CREATED, [do("add_tag", ["х"])], cond("counter", "not_empty")), "if.0"),
    (definition(CREATED, [mail() | {"text": {"ru": "Только так", "en": ""}}]), "then.0"),
    (
        {**definition(CREATED, [do("add_tag", ["х"])]),
         "if": {"any": [HIGH, cond("priority", "is_not", 3)]}},
        "if",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("doubtful", "where"), DOUBTS, ids=str)
def test_doubts(alone: None, doubtful: dict[str, Any], where: str) -> None:
    with bus.unit_of_work(writes=False):
        assert problems_in(doubtful) == []
        assert [problem.where for problem in warnings(doubtful)] == [where]


def test_a_clear_rule_raises_no_doubt(alone: None) -> None:
    clear = definition(CREATED, [mail()], HIGH, cond("line", "is", 1), {"any": [LOW, HIGH]})
    with bus.unit_of_work(writes=False):
        assert warnings(clear) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "ru",
            "КОГДА обращение создано или клиент ответил ЕСЛИ текст: слова «задержка доставки», "
            "статус не Решено и не Закрыто и (любое: линия 1 · Первая линия, исполнитель: "
            "не указано) ТОГДА приоритет Высокий, метка + доставка и письмо клиенту «Письмо»",
        ),
        (
            "en",
            "WHEN ticket created or client replied IF text has the words “задержка доставки”, "
            "status is not Solved and not Closed and (any of: line is 1 · First line, assignee "
            "is empty) THEN priority High, tag + доставка and mail to the client “Letter”",
        ),
    ],
)
def test_sentence(alone: None, code: str, expected: str) -> None:
    words = {"phrases": ["задержка доставки"], "mode": "any"}
    said = definition(
        "ticket_created client_replied",
        [do("set_priority", 3), do("add_tag", ["доставка"]), mail()],
        cond("text", "words", words),
        cond("status", "none_of", [status("solved"), status("closed")]),
        {"any": [cond("line", "is", 1), cond("assignee", "empty")]},
    )
    with bus.unit_of_work(writes=False), use_locale(code):
        assert plain(sentence_of(said)) == expected


def test_sentence_of_what_was_removed_or_never_known(alone: None) -> None:
    broken = definition("moon_rose", [do("fly", 1)], cond("mood", "is", 1), cond("status", "is", 9))
    with bus.unit_of_work(writes=False):
        said = plain(sentence_of(broken))
    assert said == "КОГДА moon_rose ЕСЛИ mood is и статус удалено (9) ТОГДА fly"


def test_why_tells_the_deciding_condition(alone: None, ivan: Client, masha: Staff) -> None:
    given("Стоп", CREATED, [do("set_priority", 3)], cond("channel", "is", "portal"), stop=True)
    given("После", CREATED, [do("add_tag", ["х"])])
    solved = status("solved")
    given("Решено", "status_changed", [do("add_tag", ["х"])], cond("status", "became", [solved]))
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.change_status(case(number), status("waiting"), by=masha)
    with bus.unit_of_work(writes=False):
        found = explain.why(case(number))
        newest, oldest = found.stories
        heads = [[cause.who for cause in story.causes] for story in found.stories]
        assert heads == [["Маша"], ["Иван Петров"]]
        (missed,) = newest.not_run
        assert plain(missed.expected) == "статус теперь Решено"
        assert (missed.path, missed.seen) == ("if.0", "Новое → Ждём клиента")
        assert [ran.run.rule.name for ran in oldest.runs] == ["Стоп"]
        assert oldest.not_run[0].seen == "Триггер выше сказал: дальше не идти."
    assert reasons_of(decisions()[0]).codes
    assert len(runs()) == 1


def test_why_goes_back_page_by_page(
    alone: None, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explain, "PAGE", 2)
    given("Метка", "ticket_created client_replied", [do("add_note", text="Смотрим")])
    number = opened(ivan).number
    for _turn in range(3):
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
    with bus.unit_of_work(writes=False):
        first = explain.why(case(number))
        rest = explain.why(case(number), before=first.before)
        assert (len(first.stories), len(rest.stories)) == (2, 2)
        assert rest.before is None
        shown = [story.event.id for story in [*first.stories, *rest.stories]]
        assert shown == sorted(shown, reverse=True)


def test_a_status_removed_later_is_named_and_never_holds(alone: None, ivan: Client) -> None:
    with bus.unit_of_work():
        mars = Status(key="mars", name_ru="Отправлено на Марс", category="open", position=9)
        db.session.add(mars)
        catalog.changed()
        number = library.create(
            NewVersion(
                definition("ticket_updated", [do("add_tag", ["х"])], cond("status", "is", mars.id)),
                "Марс",
            ),
            by=ivan,
            state="on",
        ).id
    with bus.unit_of_work():
        db.session.delete(db.session.get_one(Status, mars.id))
        catalog.changed()
    ticket = opened(ivan).number
    with bus.unit_of_work():
        tickets.client_reply(case(ticket), "Ау", by=ivan)
        doubts = warnings(rule(number).versions[0].definition)
    assert case(ticket).tag_names == []
    assert [doubt.where for doubt in doubts] == ["if.0"]


def test_runs_of_a_clock_that_was_ahead_are_counted_today(
    alone: None, ivan: Client, clock: Frozen
) -> None:
    number = given("Метка", CREATED, [do("add_tag", ["х"])])
    clock.advance(days=1)
    opened(ivan)
    clock.advance(days=-1)
    with bus.unit_of_work(writes=False):
        assert firings.of_last_days()[number].done == [*[0] * 13, 1]
