"""Pages around triggers without JavaScript: gallery, files, runs, versions, many tickets, audit."""

import io
import json
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from desk.automation import library, mass
from desk.tickets import NewTicket
from models import Client, Rule, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.reading import tag
from tests.support.rules import cond, do, given, mail, rule, runs, status, without_rules

LIST = "/admin/triggers"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def open_tickets(ivan: Client, number: int) -> list[int]:
    with bus.unit_of_work():
        made = [NewTicket(f"Вопрос {at}", "Как?") for at in range(number)]
        return [tickets.open_ticket(each, requester=ivan).number for each in made]


@pytest.mark.one_database
@pytest.mark.parametrize("place", ["gallery", "file", "export", "new"])
def test_only_administrators_come_to_what_changes(
    client: Browser, masha: Staff, place: str
) -> None:
    sign_in(client, masha)
    assert client.get(f"{LIST}/{place}").status_code == 403


@pytest.mark.one_database
def test_staff_reads_runs_versions_and_who_changed_what(
    client: Browser, masha: Staff, ivan: Client
) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    open_tickets(ivan, 1)
    run = runs(number)[0].id
    sign_in(client, masha)
    for place in ("runs", f"runs/{run}", "changes", f"{number}/compare"):
        assert client.get(f"{LIST}/{place}").status_code == 200, place
    soup = client.soup(f"{LIST}/runs/{run}")
    assert not soup.select("main form")
    key = {"form_key": "k" * 20, "csrf_token": token(client)}
    assert client.post(f"{LIST}/runs/{run}/retry", data=key).status_code == 403
    assert client.post(f"{LIST}/import", data={**key, "form_key": "m" * 20}).status_code == 403


def token(client: Browser) -> str:
    found = client.soup(LIST).select_one("meta[name=csrf]")
    return str(found["content"]) if found else ""


def test_runs_are_found_by_trigger_outcome_and_ticket(admin: Browser, ivan: Client) -> None:
    one = given("Первое", "ticket_created", [do("set_priority", 3)])
    given("Второе", "ticket_created", [do("add_tag", ["а"])], state="shadow")
    first, second = open_tickets(ivan, 2)

    def names(query: str) -> list[str]:
        soup = admin.soup(f"{LIST}/runs?{query}")
        return [each.get_text(strip=True) for each in soup.select(".line-name")]

    assert names("") == ["Второе", "Первое", "Второе", "Первое"]
    assert names(f"rule={one}") == ["Первое", "Первое"]
    assert names("state=shadow") == ["Второе", "Второе"]
    assert names(f"case={second}&days=7") == ["Второе", "Первое"]
    assert names("case=99999") == []
    assert names("state=moon&days=x") == names("rule=&case=") == names("")
    assert first != second


@pytest.mark.one_database
@pytest.mark.parametrize("query", ["case=zzz", "case=0", "rule=zzz", f"rule={'9' * 30}", "rule=0"])
def test_what_is_no_number_finds_no_runs(admin: Browser, ivan: Client, query: str) -> None:
    given("Первое", "ticket_created", [do("set_priority", 3)])
    open_tickets(ivan, 1)
    soup = admin.soup(f"{LIST}/runs?{query}")
    assert not soup.select(".line-name")
    assert "Таких срабатываний нет" in soup.get_text()
    assert tag(soup, "input[name=case]")["value"] == ("" if "rule" in query else query[5:])


def test_a_chain_is_told_from_both_ends(admin: Browser, ivan: Client) -> None:
    one = given("Первое", "ticket_created", [do("set_priority", 3)])
    two = given(
        "Второе", "priority_changed", [do("add_tag", ["а"])], cond("priority", "became", [3])
    )
    open_tickets(ivan, 1)
    soup = admin.soup(f"{LIST}/runs/{runs(one)[0].id}")
    led_to = soup.select_one(".led-to a")
    assert led_to is not None
    assert led_to["href"] == f"{LIST}/runs/{runs(two)[0].id}"
    assert "звено 2" in admin.soup(str(led_to["href"])).get_text()


def test_a_chain_is_told_where_a_trigger_did_several_things(admin: Browser, ivan: Client) -> None:
    """Its decision is filed under the first event of the list, which others may have made."""
    one = given("Первое", "ticket_created", [do("set_priority", 3), do("add_tag", ["а"])])
    other = given("Рядом", "ticket_created", [do("add_note", text="Рядом")])
    two = given("Второе", "tags_changed", [do("add_tag", ["б"])], cond("tags", "has_any", ["а"]))
    open_tickets(ivan, 1)
    led_to = admin.soup(f"{LIST}/runs/{runs(one)[0].id}").select(".led-to a")
    assert [link.get_text() for link in led_to] == ["Второе"]
    chain = admin.soup(f"{LIST}/runs/{runs(two)[0].id}").select_one("#run-chain + p")
    assert chain is not None
    assert "Первое" in chain.get_text()
    lone = admin.soup(f"{LIST}/runs/{runs(other)[0].id}").get_text()
    assert "первое звено" in lone
    assert "Больше он ничего не запустил" in lone


def test_triggers_are_found_by_what_they_hear_and_by_the_fields_they_use(
    admin: Browser, ivan: Client
) -> None:
    without_rules()
    given("Статус", "ticket_created", [do("set_status", status("waiting"))])
    given("Срочно", "priority_changed", [do("add_tag", ["х"])], cond("priority", "is", 4))

    def names(query: str) -> list[str]:
        rows = admin.soup(f"{LIST}?{query}").select("#rules .rule-name a")
        return [row.get_text().strip() for row in rows]

    assert names("event=priority_changed") == ["Срочно"]
    assert names("field=status") == ["Статус"]
    assert names("field=tags&event=priority_changed") == ["Срочно"]
    assert names("field=priority&event=ticket_created") == []
    assert len(names("event=moon&field=")) == 0


def test_many_tickets_ask_for_the_number(
    admin: Browser, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    open_tickets(ivan, 3)
    number = given("Всем", "ticket_updated", [do("set_priority", 3)], state="off")
    switch = f"form[action='{LIST}/{number}/state']"
    answer = admin.submit(LIST, switch, state="on")
    assert answer.status_code == 422
    asked = parsed(answer)
    assert rule(number).state == "off"
    wrong = admin.send(asked.select_one(switch), LIST, typed="4")
    assert wrong.status_code == 422
    assert "3" in tag(parsed(wrong), "#typed-error").get_text()
    assert admin.send(parsed(wrong).select_one(switch), LIST, typed="3").status_code == 303
    assert rule(number).state == "on"


@pytest.mark.one_database
def test_the_editor_asks_too_and_keeps_what_was_written(
    admin: Browser, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    open_tickets(ivan, 3)
    number = given("Всем", "ticket_updated", [do("set_priority", 3)], state="off")
    values = filled(tag(admin.soup(f"{LIST}/{number}"), "form.ed"))
    values |= {"state": "on", "note": "так надо", "then.0.value": "1"}
    answer = admin.post(f"{LIST}/{number}", data=values)
    assert answer.status_code == 422
    again = filled(tag(parsed(answer), "form.ed"))
    assert (again["note"], again["then.0.value"]) == ("так надо", ["1"])
    assert (rule(number).state, rule(number).version_number) == ("off", 1)
    assert admin.post(f"{LIST}/{number}", data={**again, "typed": "3"}).status_code == 303
    assert (rule(number).state, rule(number).version_number) == ("on", 2)


@pytest.mark.one_database
def test_few_tickets_and_new_ones_alone_ask_nothing(
    admin: Browser, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    open_tickets(ivan, 3)
    for on, level in (("ticket_created", 2), ("ticket_updated", 1)):
        of_level = cond("priority", "is", level)
        made = given("Правило", on, [do("set_priority", 3)], of_level, state="off")
        answer = admin.submit(LIST, f"form[action='{LIST}/{made}/state']", state="on")
        assert answer.status_code == 303, on


def test_a_file_is_looked_at_before_it_is_taken_over(admin: Browser) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    text = admin.get(f"{LIST}/export").get_data(as_text=True)
    whole = json.loads(text)
    whole["triggers"][0]["then"][0]["value"] = "Urgent"
    whole["triggers"].append({**whole["triggers"][0], "name": {"ru": "Новое", "en": ""}})
    form = tag(admin.soup(f"{LIST}/file"), "form.file-in")
    sent = {**filled(form), "file": (io.BytesIO(json.dumps(whole).encode()), "t.json")}
    answer = admin.post(f"{LIST}/import", data=sent, content_type="multipart/form-data")
    soup = parsed(answer)
    assert tag(soup, ".incoming del").get_text() == "Высокий"
    assert tag(soup, ".incoming ins").get_text() == "Срочный"
    assert rule(number).version_number == 1
    values = {**filled(tag(soup, ".incoming form")), "apply": "1"}
    assert admin.post(f"{LIST}/import", data=values).status_code == 303
    assert rule(number).version_number == 2
    assert [(each.name_ru, each.state) for each in library.rules()] == [
        ("Правило", "on"),
        ("Новое", "draft"),
    ]


@pytest.mark.one_database
def test_a_file_of_old_windows_is_read(admin: Browser) -> None:
    given("Правило", "ticket_created", [do("set_priority", 3)])
    text = admin.get(f"{LIST}/export").get_data(as_text=True)
    form = filled(tag(admin.soup(f"{LIST}/file"), "form.file-in"))
    sent = {**form, "file": (io.BytesIO(text.encode("cp1251")), "t.json")}
    answer = admin.post(f"{LIST}/import", data=sent, content_type="multipart/form-data")
    assert tag(parsed(answer), ".incoming strong").get_text() == "Правило"


@pytest.mark.one_database
def test_half_a_character_is_refused_in_its_place(admin: Browser) -> None:
    row = {"name": {"ru": "А\ud800"}, "on": ["ticket_created"], "if": {"all": []}, "then": []}
    text = json.dumps({"format": "liniya-triggers", "triggers": [row]})
    answer = admin.submit(f"{LIST}/file", "form.file-in", text=text)
    assert answer.status_code == 200
    assert "\\ud800" in tag(parsed(answer), ".incoming .error").get_text()


@pytest.mark.one_database
@pytest.mark.parametrize("text", ["", "no json", '{"format": "liniya-triggers"}', "\0" * 50])
def test_what_is_no_file_comes_back_with_the_reason(admin: Browser, text: str) -> None:
    answer = admin.submit(f"{LIST}/file", "form.file-in", text=text)
    assert answer.status_code == 422
    assert parsed(answer).select_one("[data-error-summary]") is not None


def test_a_template_cannot_be_saved_before_its_holes_are_filled(admin: Browser) -> None:
    values = filled(tag(admin.soup(f"{LIST}/new?template=delay"), "form.ed"))
    assert values["name_ru"] == "«Задержка доставки» → группе"
    answer = admin.post(f"{LIST}/new", data={**values, "state": "on"})
    assert answer.status_code == 422
    assert db.session.query(Rule).filter(Rule.deleted_at.is_(None)).count() == 0
    tried = admin.post(f"{LIST}/draw", data={**values, "do": "sample"})
    assert parsed(tried).select_one(".pr .error") is not None


def test_moving_to_a_place_can_be_taken_back(admin: Browser) -> None:
    made = [given(name, "ticket_created", [do("set_priority", 3)]) for name in ("а", "б", "в")]
    move = f"form.rule-move[action='{LIST}/{made[2]}/move']"
    form = filled(tag(admin.soup(LIST), move))
    answer = admin.post(f"{LIST}/{made[2]}/move", data={**form, "to": "1"})
    assert [each.id for each in library.rules()] == [made[2], made[0], made[1]]
    undo = tag(admin.soup(answer.location), "form.undo-bar")
    assert tag(undo, "button")["value"] == "3"
    answer = admin.post(f"{LIST}/{made[2]}/move", data={**filled(undo), "to": "3"})
    assert [each.id for each in library.rules()] == made
    assert not admin.soup(answer.location).select(".undo-bar")


@pytest.mark.one_database
def test_forged_places_move_nothing_out_of_the_list(admin: Browser) -> None:
    made = [given(name, "ticket_created", [do("set_priority", 3)]) for name in ("а", "б")]
    for at, to in enumerate(("0", "-5", "99999", "x", "9" * 40)):
        form = tag(admin.soup(LIST), f"form.rule-move[action='{LIST}/{made[0]}/move']")
        answer = admin.post(f"{LIST}/{made[0]}/move", data={**filled(form), "to": to})
        assert answer.status_code == 303, at
    assert sorted(each.id for each in library.rules()) == made


@pytest.mark.one_database
def test_each_change_stands_in_the_audit_with_its_author(admin: Browser) -> None:
    number = given("Правило", "ticket_created", [mail()])
    admin.submit(LIST, f"form[action='{LIST}/{number}/state']", state="off")
    admin.submit(LIST, f"form[action='{LIST}/{number}/delete']")
    lines = [
        " ".join(one.get_text().split()) for one in admin.soup(f"{LIST}/changes").select(".line")
    ]
    assert "Правило: удалён Антон" in lines[0]
    assert "Правило: выключен Антон" in lines[1]
    assert "Правило: создан, версия 1" in lines[2]


@pytest.mark.one_database
def test_a_rule_on_dialogs_is_offered_what_dialogs_have(admin: Browser) -> None:
    values: dict[str, Any] = filled(tag(admin.soup(f"{LIST}/new"), "form.ed"))
    answer = admin.post(f"{LIST}/draw", data={**values, "on": "dialog_created", "do": "draw"})
    soup = parsed(answer)
    offered = {str(one["value"]) for one in soup.select('[id="then.0.do"] option')}
    assert "turn_into_ticket" in offered
    assert "set_status" not in offered
    mixed = {**values, "name_ru": "Смесь", "on": ["dialog_created", "ticket_created"]}
    assert admin.post(f"{LIST}/new", data=mixed).status_code == 422


@pytest.mark.one_database
def test_a_message_that_nobody_wrote_shows_what_matched(admin: Browser) -> None:
    sought = {"phrases": ["задержка доставки"], "mode": "any", "within": 3}
    found = cond("text", "words", {**sought, "guard_negation": True})
    number = given("Задержка", "ticket_created", [do("set_priority", 3), mail()], found)
    values = filled(tag(admin.soup(f"{LIST}/{number}"), "form.ed"))
    wrote = {"letter_subject": "Где посылка", "letter_text": "Снова задержали доставку!"}
    soup = parsed(admin.post(f"{LIST}/draw", data={**values, **wrote, "do": "letter"}))
    assert "Сработал бы" in tag(soup, ".verdict").get_text()
    assert [one.get_text() for one in soup.select(".proof mark")] == ["задержали", "доставку"]
    assert "Высокий" in tag(soup, ".pr dl.diff").get_text()
    wrote["letter_text"] = "Доставка без задержек, спасибо"
    soup = parsed(admin.post(f"{LIST}/draw", data={**values, **wrote, "do": "letter"}))
    assert "Не сработал бы" in tag(soup, ".verdict").get_text()


@pytest.mark.one_database
def test_staff_reads_the_schema_in_the_language_that_is_asked_for(
    client: Browser, masha: Staff, ivan: Client
) -> None:
    place = f"{LIST}/schema.json"
    assert client.get(place).status_code == 303
    sign_in(client, ivan)
    assert client.get(place).status_code in (403, 404)
    sign_in(client, masha)
    titles = []
    for asked in ("", "?language=en", "?language=xx"):
        response = client.get(place + asked)
        assert (response.status_code, response.mimetype) == (200, "application/schema+json")
        titles.append(json.loads(response.get_data())["$defs"]["field.status"]["title"])
    assert titles == ["Статус", "Status", "Статус"]


@pytest.mark.one_database
def test_the_list_marks_what_the_sentence_does_not_say(admin: Browser) -> None:
    both = {"ru": "Номер {{ ticket.number }} и всё", "en": "x"}
    letter = do("send_mail", to="address", address="a@b.example", subject=both, text=both)
    given("Сильный", "ticket_created", [letter], overwrite=True, stop=True)
    row = admin.soup(LIST).select_one("#rules .rule")
    assert row is not None
    assert [each.get_text(strip=True) for each in row.select(".badge")] == [
        "дальше не идти",
        "сильнее людей",
    ]
    assert "Номер … и всё" in row.get_text()
