"""The pages of triggers: list, editor, versions, as Anton uses them without JavaScript."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from desk.automation import library
from desk.automation.pieces import plain
from desk.automation.sentences import sentence_of
from desk.tickets import NewTicket
from models import Client, Group, Rule, RuleVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import case, cond, definition, do, given, mail, rule, status, without_rules

LIST = "/admin/triggers"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def test_list_says_each_trigger_as_a_sentence(admin: Browser, sergey: Staff) -> None:
    repair = db.session.query(Group).filter_by(key="repair").one().id
    given("Ремонт", "ticket_created", [do("assign_group", repair)], cond("channel", "is", "portal"))
    soup = admin.soup(LIST)
    assert words(soup, ".say-rule") == (
        "КОГДА обращение создано ЕСЛИ канал Портал ТОГДА группа Ремонт"
    )
    assert words(soup, ".rule-pos .num") == "№1"


@pytest.mark.one_database
def test_staff_reads_and_only_an_administrator_changes(client: Browser, masha: Staff) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    sign_in(client, masha)
    assert client.get(LIST).status_code == 200
    soup = client.soup(f"{LIST}/{number}")
    assert not soup.select("form.ed button[type=submit]:not([disabled]):not(#try):not(#try-letter)")
    assert client.get(f"{LIST}/new").status_code == 403
    key = "k" * 20
    for verb in ("state", "move", "duplicate", "delete", "restore"):
        answer = client.post(f"{LIST}/{number}/{verb}", data=_forged(client, key + verb))
        assert answer.status_code == 403, verb


def _forged(client: Browser, key: str) -> dict[str, str]:
    token = client.soup(LIST).select_one("input[name=csrf_token]")
    return {"form_key": key, "csrf_token": str(token["value"]) if token else ""}


@pytest.mark.one_database
def test_a_client_is_kept_out(client: Browser, ivan: Client) -> None:
    sign_in(client, ivan)
    assert client.get(LIST).status_code == 403
    assert client.get("/agent/t/1001/why").status_code == 403


def test_a_trigger_is_built_row_by_row_and_its_sentence_stays(admin: Browser, ivan: Client) -> None:
    values = editor(admin.soup(f"{LIST}/new"))
    values |= {"name_ru": "Задержка", "if.0.field": "text", "then.0.do": "set_priority"}
    soup = press(admin, values, "draw", LIST)
    values = editor(soup)
    assert values["if.0.op"] == ["words"]
    values |= {"if.0.value.phrases": "задержка доставки", "then.0.value": "3"}
    soup = press(admin, values, "add-group:if", LIST)
    values = editor(soup)
    assert values["if.1.kind"] == ["any"]
    values |= {"if.1.0.field": "channel"}
    soup = press(admin, values, "draw", LIST)
    values = editor(soup) | {"if.1.0.value": "portal"}
    soup = press(admin, values, "add-action:then", LIST)
    values = editor(soup) | {"then.1.do": "add_tag"}
    soup = press(admin, values, "draw", LIST)
    values = editor(soup) | {"then.1.value": "доставка, Срочно", "state": "on"}
    drawn = words(press(admin, values, "draw", LIST), "#sentence")
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 303, parsed(answer).select_one(".errors")
    saved = words(admin.soup(answer.location), "#sentence")
    assert saved == drawn
    assert "«задержка доставки»" in saved
    with bus.unit_of_work():
        number = tickets.open_ticket(
            NewTicket("Посылка", "Опять задержали доставку"), requester=ivan
        ).number
    assert case(number).tag_names == ["доставка", "срочно"]


def test_rows_move_and_go(admin: Browser) -> None:
    number = given(
        "Правило",
        "ticket_created",
        [do("set_priority", 3), do("add_tag", ["а"])],
        cond("priority", "is", 2),
        cond("channel", "is", "portal"),
    )
    values = editor(admin.soup(f"{LIST}/{number}"))
    soup = press(admin, values, "remove:if.0", LIST)
    assert editor(soup)["if.0.field"] == ["channel"]
    soup = press(admin, editor(soup), "down:then.0", LIST)
    assert editor(soup)["then.1.do"] == ["set_priority"]
    soup = press(admin, editor(soup), "up:then.1", LIST)
    assert editor(soup)["then.0.do"] == ["set_priority"]
    assert rule(number).version_number == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("forged", "told"),
    [
        ({"name_ru": "", "name_en": ""}, "Дайте триггеру название"),
        ({"on": "moon_rose"}, "Такого события нет"),
        ({"if.0.op": "contains"}, "Выберите, как сравнивать"),
        ({"if.0.field": "mood"}, "Такого поля нет"),
        ({"if.0.value": "999"}, "удалено"),
        ({"if.0.value": "<script>"}, "сюда не подходит"),
        ({"then.0.do": "launch"}, "Такого действия нет"),
        ({"then.0.value": ""}, "Выберите или впишите значение"),
    ],
)
def test_what_does_not_fit_comes_back_with_the_reason(
    admin: Browser, forged: dict[str, str], told: str
) -> None:
    number = given(
        "Правило", "ticket_created", [do("set_priority", 3)], cond("status", "is", status("new"))
    )
    values = editor(admin.soup(f"{LIST}/{number}")) | {"note": "почему"} | forged
    answer = admin.post(f"{LIST}/{number}", data=values)
    assert answer.status_code == 422
    soup = parsed(answer)
    assert told in words(soup, "[data-error-summary]")
    assert editor(soup)["note"] == "почему"
    for name, value in forged.items():
        if "value" not in name:
            assert value in str(soup.select_one("form.ed"))
    assert rule(number).version_number == 1


@pytest.mark.one_database
def test_an_unknown_placeholder_is_refused(admin: Browser) -> None:
    number = given("Письмо", "ticket_created", [mail()])
    values = editor(admin.soup(f"{LIST}/{number}")) | {"then.0.text.ru": "{{ client.password }}"}
    answer = admin.post(f"{LIST}/{number}", data=values)
    assert answer.status_code == 422
    assert "client.password" in words(parsed(answer), "[data-error-summary]")


def test_who_saves_second_sees_both(admin: Browser, anton: Staff) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    mine = editor(admin.soup(f"{LIST}/{number}")) | {"then.0.value": "1"}
    with bus.unit_of_work():
        new = library.NewVersion(definition("ticket_created", [do("set_priority", 4)]), "Правило")
        library.save(rule(number), new, base=1, by=anton)
    answer = admin.post(f"{LIST}/{number}", data=mine)
    assert answer.status_code == 409
    said = words(parsed(answer), "[data-error-summary]")
    assert "приоритет Срочный" in said
    assert "приоритет Низкий" in said
    assert "вы сохранили этот триггер в другом окне" in said
    assert db.session.query(RuleVersion).filter_by(rule_id=number).count() == 2
    again = editor(parsed(answer))
    assert admin.post(f"{LIST}/{number}", data=again).status_code == 303
    assert rule(number).version_number == 3


def test_versions_can_be_put_in_force_again(admin: Browser) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    values = editor(admin.soup(f"{LIST}/{number}")) | {"then.0.value": "1", "note": "потише"}
    admin.post(f"{LIST}/{number}", data=values)
    soup = admin.soup(f"{LIST}/{number}?tab=versions")
    assert [one.get_text(strip=True) for one in soup.select(".run-h strong")] == [
        "версия 2",
        "версия 1",
    ]
    assert "потише" in soup.get_text()
    answer = admin.post(f"{LIST}/{number}/restore", data={**editor(soup), "number": "1"})
    assert answer.status_code == 303
    found = db.session.query(RuleVersion).filter_by(rule_id=number).order_by(RuleVersion.number)
    with bus.unit_of_work(writes=False):
        sentences = [plain(sentence_of(version.definition)) for version in found]
    assert len(sentences) == 3
    assert sentences[0] == sentences[2] != sentences[1]


def test_order_state_copy_and_deletion(admin: Browser) -> None:
    first = given("Первое", "ticket_created", [do("set_priority", 3)])
    second = given("Второе", "ticket_created", [do("set_priority", 1)])
    form = f"form.rule-move[action='{LIST}/{second}/move']"
    assert admin.submit(LIST, form, to="up").status_code == 303
    assert [each.id for each in library.rules()] == [second, first]
    admin.submit(LIST, f"form[action='{LIST}/{first}/state']", state="off")
    assert rule(first).state == "off"
    answer = admin.submit(LIST, f"form[action='{LIST}/{second}/duplicate']")
    copy = db.session.query(Rule).order_by(Rule.id.desc()).first()
    assert answer.location == f"{LIST}/{copy.id}"
    assert (copy.state, copy.name_ru) == ("draft", "Второе (2)")
    assert [each.id for each in library.rules()] == [second, copy.id, first]
    answer = admin.submit(LIST, f"form[action='{LIST}/{second}/delete']")
    assert [each.id for each in library.rules()] == [copy.id, first]
    admin.submit(answer.location, f"form[action='{LIST}/{second}/undelete']")
    assert [each.id for each in library.rules()] == [second, copy.id, first]
    assert rule(second).state == "off"


@pytest.mark.one_database
def test_the_stop_switch(admin: Browser) -> None:
    given("Правило", "ticket_created", [do("set_priority", 3)])
    admin.submit(LIST, f"form[action='{LIST}/stop']")
    assert "Все триггеры остановлены" in words(admin.soup(LIST), ".stop")
    admin.submit(LIST, f"form[action='{LIST}/stop']")
    assert "Триггеры работают" in words(admin.soup(LIST), ".stop")


def test_a_broken_trigger_is_shown_and_can_be_opened(admin: Browser) -> None:
    number = given("Сломано", "ticket_created", [do("set_priority", 3)])
    with bus.unit_of_work():
        rule(number).versions[0].definition = {
            "on": ["moon_rose"],
            "if": {"all": [cond("mood", "sings", 1)]},
            "then": [do("launch_rocket", 1)],
        }
    soup = admin.soup(LIST)
    assert "сломан" in words(soup, ".rule-name")
    assert "moon_rose" in words(soup, ".say-rule")
    page = admin.soup(f"{LIST}/{number}")
    assert "mood" in str(page.select_one("#parts"))
    answer = admin.submit(LIST, f"form[action='{LIST}/{number}/state']", state="off")
    assert answer.status_code == 303
    answer = admin.submit(LIST, f"form[action='{LIST}/{number}/state']", state="on")
    assert (answer.location, rule(number).state) == (f"{LIST}/{number}", "off")


def test_why_tells_what_ran_and_what_did_not(client: Browser, masha: Staff, ivan: Client) -> None:
    given("Высокий", "ticket_created", [do("set_priority", 3)], cond("channel", "is", "portal"))
    given("По-английски", "ticket_created", [do("add_tag", ["en"])], cond("locale", "is", "en"))
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number
    sign_in(client, masha)
    soup = client.soup(f"/agent/t/{ticket}/why")
    assert words(soup, ".ran-name span") == "Высокий"
    assert words(soup, ".ran dl") == "Приоритет Обычный → Высокий"
    row = words(soup, ".not-row")
    assert "По-английски" in row
    assert "русский" in row.lower()
    piece = client.get(f"/agent/t/{ticket}/why", headers={"HX-Request": "true"})
    assert piece.get_data(as_text=True).strip().startswith("<aside")
    assert client.get("/agent/t/99999/why").status_code == 404


@pytest.mark.one_database
def test_a_number_that_no_id_can_be_is_no_page(client: Browser, anton: Staff) -> None:
    sign_in(client, anton)
    for address in (f"/admin/triggers/{'9' * 30}", f"/agent/t/{'9' * 30}/why"):
        assert client.get(address).status_code == 404
