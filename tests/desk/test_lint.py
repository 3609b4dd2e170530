"""Doubts about rules: each kind with a rule that has it, and a near miss that has not."""

import re
from typing import Any

import pytest
from flask import Flask

from core import bus, clock
from core.i18n import use_locale
from desk.automation import lint
from desk.automation.lint import Finding, Source
from desk.catalog import catalog, changed
from models import Staff
from tests.support.rules import cond, definition, do, mail

Definition = dict[str, Any]
CREATED, CHANGED = "ticket_created", "priority_changed"
UP, DOWN, TAG = do("set_priority", 3), do("set_priority", 1), do("add_tag", ["х"])
MAIL, PORTAL = cond("channel", "is", "email"), cond("channel", "is", "portal")

pytestmark = pytest.mark.one_database


def told(*definitions: Definition, **more: Any) -> dict[int, list[Finding]]:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        given = [Source(at, f"Правило {at}", one) for at, one in enumerate(definitions)]
        return lint.findings(given, **more)


def kinds(*definitions: Definition) -> dict[int, list[str]]:
    return {at: [one.kind for one in its] for at, its in told(*definitions).items()}


def words(mode: str, *phrases: str) -> Definition:
    value = {"phrases": list(phrases), "mode": mode, "within": 3, "guard_negation": True}
    return cond("text", "words", value)


def never(*conditions: Definition, on: str = "client_replied") -> list[str]:
    return kinds(definition(on, [TAG], *conditions)).get(0, [])


NEVER: list[list[Definition]] = [
    [cond("priority", "gt", 3), cond("priority", "lt", 4)],
    [cond("priority", "gt", 4)],
    [cond("status", "empty")],
    [MAIL, cond("channel", "none_of", ["email", "phone"])],
    [words("any", "чек", "касса"), words("none", "касса", "чек", "возврат")],
    [words("all", "чек", "касса"), words("none", "чек")],
    [cond("subject", "starts_with", "Re: чек"), cond("subject", "not_contains", "чек")],
    [cond("subject", "is", "Чек"), cond("subject", "contains", "касса")],
    [cond("company", "is", "Альфа"), cond("company", "is", "Бета")],
    [cond("hours_since_client", "gt", 5), cond("hours_since_client", "lt", 2)],
    [cond("hours_since_client", "lt", 0)],
    [cond("line", "changed"), cond("line", "not_changed")],
    [cond("line", "became", [2]), cond("line", "is", 3)],
    [cond("line", "was", [2]), cond("line", "changed_from_to", {"from": [1], "to": []})],
    [cond("priority", "is", 3), {"none": [cond("priority", "gt", 2)]}],
    [{"any": [cond("priority", "is", 1), cond("priority", "is", 2)]}, cond("priority", "gt", 2)],
    [cond("message_author", "is", "staff")],
    [cond("message_author", "is_not", "client")],
    [cond("kind", "is", "dialog")],
    [cond("status_category", "is", "closed"), cond("status", "is", 1)],
    [cond("status_category", "is", "closed"), cond("status_category", "none_of", ["closed"])],
    [cond("client_has_open_tickets", "is", "no"), cond("client_open_tickets", "gt", 2)],
    [cond("client_has_open_tickets", "is", "yes"), cond("client_open_tickets", "lt", 1)],
    [cond("subject", "starts_with", "альфа"), cond("subject", "starts_with", "бета")],
    [cond("subject", "ends_with", "альфа"), cond("subject", "ends_with", "бета")],
    [cond("subject", "ends_with", "альфа"), cond("subject", "not_contains", "льф")],
    [cond("client_domain", "is", "a.example"), cond("client_domain", "ends_with", "b.example")],
]
CAN_BE: list[list[Definition]] = [
    [cond("priority", "gt", 2), cond("priority", "lt", 4)],
    [cond("assignee", "empty")],
    [words("any", "чек", "касса"), words("none", "касса")],
    [words("any", "чек"), words("exact", "чека")],
    [cond("subject", "starts_with", "чек"), cond("subject", "not_contains", "касса")],
    [cond("hours_since_agent", "gt", 2), cond("hours_since_agent", "lt", 5)],
    [cond("line", "became", [2]), cond("line", "was", [1, 3])],
    [cond("line", "changed_from_to", {"from": [1], "to": []}), cond("line", "gt", 1)],
    [{"none": [cond("priority", "is", 3), MAIL]}, cond("priority", "any_of", [3, 4])],
    [cond("now", "inside", 1)],
    [cond("counter_minutes_left", "lt", 0)],
    [cond("status_category", "is", "new"), cond("status", "is", 1)],
    [cond("status_category", "any_of", ["open", "closed"])],
    [cond("client_has_open_tickets", "is", "yes"), cond("client_open_tickets", "gt", 2)],
    [cond("subject", "starts_with", "альфа"), cond("subject", "starts_with", "Аль")],
    [cond("subject", "starts_with", "альфа"), cond("subject", "ends_with", "бета")],
    [cond("subject", "ends_with", "альфа"), cond("subject", "ends_with", "фа")],
    [cond("client_domain", "is", "a.b.example"), cond("client_domain", "ends_with", "b.example")],
]


@pytest.mark.parametrize("conditions", NEVER, ids=str)
def test_what_no_ticket_meets_is_never_true(app: Flask, conditions: list[Definition]) -> None:
    assert set(never(*conditions)) & {"never", "exclude"}


def test_what_the_event_itself_says_is_always_true(app: Flask) -> None:
    said = [cond("message_author", "is", "client"), cond("kind", "is", "ticket")]
    assert never(*said) == ["always"]


@pytest.mark.parametrize("conditions", CAN_BE, ids=str)
def test_what_some_ticket_meets_is_not(app: Flask, conditions: list[Definition]) -> None:
    assert never(*conditions) == []


@pytest.mark.parametrize(
    ("event", "since"),
    [
        ("client_replied", "client"),
        ("agent_replied", "agent"),
        ("status_changed", "status"),
        ("assignee_changed", "assignee"),
        (CREATED, "created"),
    ],
)
def test_no_hours_have_passed_since_the_event_itself(app: Flask, event: str, since: str) -> None:
    longer = cond(f"hours_since_{since}", "gt", 24)
    assert never(longer, on=event) == ["never"]
    assert never(cond(f"hours_since_{since}", "lt", 24), on=event) == ["always"]
    assert never(longer, on="note_added") == []
    assert never(longer, on="ticket_updated") == []


def test_who_leaves_machines_out_has_thought_of_them(app: Flask) -> None:
    letter = mail("client")
    assert kinds(definition("client_replied", [letter])) == {0: ["automatic"]}
    people = cond("message_automatic", "is", "no")
    assert kinds(definition("client_replied", [letter], people)) == {}


def test_events_say_what_has_changed(app: Flask) -> None:
    assert never(cond("line", "not_changed"), on="line_changed") == ["never"]
    assert never(cond("line", "not_changed"), on="line_changed client_replied") == []
    assert never(cond("line", "was", [2]), on=CREATED) == ["never"]
    assert never(cond("line", "became", [2]), on=CREATED) == []
    assert never(cond("line", "changed"), on="line_changed") == ["always"]


def test_a_rule_above_may_change_the_field_in_between(app: Flask) -> None:
    late = definition(CREATED, [TAG], cond("line", "became", [2]), cond("line", "is", 3))
    assert kinds(late) == {0: ["never"]}
    assert kinds(definition(CREATED, [do("pass_to_line", 3, reason="")]), late) == {}


def test_a_clash_deep_inside_names_its_row(app: Flask) -> None:
    inner = {"all": [cond("priority", "is", 1), cond("priority", "is", 2)]}
    (found,) = told(definition(CREATED, [TAG], {"any": [inner, MAIL]}))[0]
    assert (found.kind, found.where, found.is_dead) == ("exclude", "if.0.0.1", False)


SHADOW = definition(CREATED, [TAG], cond("channel", "any_of", ["email", "portal"]), stop=True)


def test_a_stop_above_that_takes_all_is_named_with_a_ticket(app: Flask) -> None:
    below = definition(CREATED, [DOWN], MAIL, cond("line", "is", 2))
    (found,) = told(SHADOW, below)[1]
    assert (found.kind, [row.id for row in found.others]) == ("shadowed", [0])
    assert {(seen.name, seen.value) for seen in found.ticket} >= {("Канал", "Почта")}
    assert found.event == "Обращение создано"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (SHADOW, definition(CREATED, [DOWN], cond("channel", "is", "phone"))),
        (SHADOW, definition(f"{CREATED} client_replied", [DOWN], MAIL)),
        (SHADOW | {"run": "once"}, definition(CREATED, [DOWN], MAIL)),
        (SHADOW | {"stop": False}, definition(CREATED, [DOWN], MAIL)),
    ],
)
def test_a_rule_that_gets_its_turn_is_not_shadowed(
    app: Flask, above: Definition, below: Definition
) -> None:
    assert kinds(above, below) == {}


def test_a_rule_in_between_may_bring_tickets_to_it(app: Flask) -> None:
    above = definition(CREATED, [TAG], cond("priority", "is", 3), stop=True)
    below = definition(CREATED, [do("add_tag", ["y"])], cond("priority", "is", 3))
    assert kinds(above, below) == {0: ["hides"], 1: ["shadowed"]}
    assert kinds(above, definition(CREATED, [UP], MAIL), below) == {}


def test_two_that_set_a_field_differently_name_each_other(app: Flask) -> None:
    found = told(
        definition(CREATED, [UP], words("any", "чек")),
        definition(CREATED, [TAG, DOWN], PORTAL),
    )
    one, other = found[0][0], found[1][0]
    assert (one.kind, one.where, one.others[0].where) == ("conflict", "then.0", "then.1")
    assert "«Правило 1»" in one.message
    assert {seen.value for seen in one.ticket} >= {"чек", "Портал"}
    assert other.others[0].id == 0


@pytest.mark.parametrize(
    "pair",
    [
        (definition(CREATED, [UP], MAIL), definition(CREATED, [DOWN], PORTAL)),
        (definition(CREATED, [UP]), definition("client_replied", [DOWN])),
        (definition(CREATED, [UP]), definition(CREATED, [UP], MAIL)),
        (definition(CREATED, [UP], MAIL, stop=True), definition(CREATED, [DOWN])),
        (definition(CREATED, [TAG]), definition(CREATED, [do("remove_tag", ["у"])])),
    ],
)
def test_two_that_do_not_meet_are_at_peace(app: Flask, pair: tuple[Definition, ...]) -> None:
    assert kinds(*pair) == {}


def test_tags_can_be_at_odds_too(app: Flask) -> None:
    off = definition(CREATED, [do("remove_tag", ["х", "у"])])
    assert kinds(definition(CREATED, [TAG]), off) == {0: ["conflict"], 1: ["conflict"]}


def test_what_is_not_there_any_more_is_named(app: Flask, masha: Staff) -> None:
    with bus.unit_of_work():
        masha.deactivated_at = clock.now()
        changed()
    with bus.unit_of_work(writes=False), use_locale("ru"):
        given = definition(CREATED, [do("assign_person", masha.id)], cond("type", "is", 999))
        found = lint.findings([Source(1, "Старое", given)])[1]
    assert [(one.kind, one.where) for one in found] == [("gone", "if.0"), ("gone", "then.0")]
    assert masha.name in found[1].message


def test_a_tag_that_nobody_ever_put_is_named(app: Flask) -> None:
    waits = definition(CREATED, [UP], cond("tags", "has_any", ["крым"]))
    assert kinds(waits) == {0: ["gone"]}
    assert kinds(waits, definition("client_replied", [do("add_tag", ["Крым"])])) == {}


def test_a_mail_to_the_client_at_each_message_is_doubted(app: Flask) -> None:
    each = definition("client_replied", [mail()], PORTAL)
    (found,) = told(each)[0]
    assert (found.kind, found.where, found.event) == ("automatic", "then.0", "Клиент ответил")
    assert kinds(each | {"run": "once"}) == {}
    assert kinds(definition(CREATED, [mail()])) == {}


def test_mails_a_day_are_told_where_runs_are_known(app: Flask) -> None:
    both = definition(CREATED, [mail(), mail("assignee")])
    (found,) = told(both, a_day={0: 20.4})[0]
    assert (found.kind, found.message) == ("mails", "Примерно 20 писем в день.")
    assert not found.is_quiet
    assert told(both, a_day={0: 19.4})[0][0].is_quiet, "worth knowing, nothing to mend"
    assert kinds(both) == {}


def test_a_draft_is_seen_among_the_others(app: Flask) -> None:
    others = [
        Source(1, "Первое", definition(CREATED, [UP], MAIL)),
        Source(2, "Второе", definition(CREATED, [TAG], PORTAL)),
        Source(3, "Сломано", {"on": ["?"], "if": {}, "then": []}),
    ]
    stop = definition(CREATED, [DOWN], cond("channel", "any_of", ["email", "portal"]), stop=True)
    with bus.unit_of_work(writes=False):
        last = lint.findings_of_draft(stop, others)
        first = lint.findings_of_draft(stop, others, place=0)
        unsound = lint.findings_of_draft({"on": []}, others)
    assert [(one.kind, one.others[0].id) for one in last] == [("conflict", 1)]
    assert [(one.kind, one.others[0].id) for one in first] == [("hides", 1), ("hides", 2)]
    assert unsound == []


def test_what_only_watches_stops_nothing(app: Flask) -> None:
    below = definition(CREATED, [DOWN], MAIL)
    with bus.unit_of_work(writes=False):
        found = lint.findings([Source(1, "Смотрит", SHADOW, acts=False), Source(2, "Ниже", below)])
    assert found == {}


def test_dialogs_and_tickets_never_meet(app: Flask) -> None:
    group = next(iter(catalog_groups()))
    dialog = definition("dialog_created", [do("assign_group", group)])
    assert kinds(dialog, definition(CREATED, [do("assign_group", None)])) == {}


def catalog_groups() -> list[int]:
    with bus.unit_of_work(writes=False):
        return list(catalog().groups)


SAID = [
    definition(CREATED, [UP], cond("priority", "gt", 4)),
    definition(CREATED, [UP], cond("counter", "is", 1)),
    definition(CREATED, [UP], cond("priority", "gt", 3), cond("priority", "lt", 2)),
    definition(CREATED, [UP], {"any": [cond("line", "lt", 2), cond("line", "gt", 1)]}),
    definition(CREATED, [TAG], cond("priority", "between", {"from": 1, "to": 4})),
    definition("ticket_updated", [TAG]),
    definition(CREATED, [TAG], MAIL, stop=True),
    definition(CREATED, [UP], MAIL),
    definition(CREATED, [UP], PORTAL),
    definition(CREATED, [DOWN], PORTAL),
    definition("line_changed", [TAG], cond("tags", "has_none", ["х"])),
    definition("tags_changed", [do("remove_tag", ["х"]), do("pass_to_line", 2, reason="")]),
    definition(CREATED, [do("assign_group", 99)], PORTAL),
    definition("client_replied", [mail() | {"text": {"ru": "Здравствуйте"}}], PORTAL),
    definition(CREATED, [TAG], cond("tags", "has_any", ["нет такой"])),
    definition("group_changed priority_changed", [UP]),
    definition("priority_changed", [DOWN]),
    definition("note_added", [mail(text="{{ message }}")], PORTAL),
    definition("agent_replied", [do("set_type", 1), do("set_type", 2)]),
]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_finding_says_more_than_its_title(app: Flask, language: str) -> None:
    with bus.unit_of_work(writes=False), use_locale(language):
        given = [Source(at, f"№ {at}", each) for at, each in enumerate(SAID)]
        found = [each for its in lint.findings(given, {13: 4.0}).values() for each in its]
        found += lint.findings_of_draft(SAID[6], given[7:8], place=0)
        told = {each.kind: (each.title, each.message) for each in found}
    assert set(told) == set(lint.KINDS) - {"partly", "broken"}
    for title, message in told.values():
        said, heading = (re.findall(r"\w{4,}", text.lower()) for text in (message, title))
        assert not {word[:5] for word in said[:3]} & {word[:5] for word in heading}, message
        assert not any("%" in word for word in message)


def test_what_only_watches_is_at_odds_with_nothing_that_acts(app: Flask) -> None:
    """The one that watches is told: so it would be, once it is on."""
    raises, lowers = definition(CREATED, [UP]), definition(CREATED, [DOWN])
    with bus.unit_of_work(writes=False):
        sources = [Source(1, "Поднять", raises), Source(2, "Опустить", lowers, acts=False)]
        found = lint.findings(sources)
    assert 1 not in found
    assert [one.kind for one in found[2]] == ["conflict"]
