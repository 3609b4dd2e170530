"""What no form of the editor sends is refused, never saved as something else."""

import pytest
from flask import Flask

from models import Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, rule, without_rules

LIST = "/admin/triggers"
SOUGHT = {"phrases": ["задержка"], "mode": "any", "within": 3, "guard_negation": True}

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


@pytest.fixture
def number() -> int:
    wanted = cond("text", "words", SOUGHT)
    return given("Ждут", "ticket_created", [do("set_priority", 3)], wanted, state="draft")


def form_of(admin: Browser, number: int) -> dict[str, str]:
    form = admin.soup(f"{LIST}/{number}").select_one("form.ed")
    assert form is not None
    return filled(form)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("if.0.value.mode", "zzz", "Выберите, какие из фраз искать"),
        ("if.0.value.within", "-5", "от 0 до 20"),
        ("if.0.value.within", "21", "от 0 до 20"),
        ("if.0.value.within", "²", "от 0 до 20"),
        ("if.0.value.within", "1000000", "от 0 до 20"),
        ("note", "я" * 501, "Заметка длиннее 500"),
        ("if.0.value.phrases", "д" * 251, "длиннее 250"),
        ("name_ru", "я" * 201, "длиннее 200"),
        ("name_ru", "\u202e\u2066", "название"),
        ("run", "zzz", "как часто"),
        ("if.kind", "xor", "Такой группы условий нет"),
        ("state", "zzz", "Такого состояния нет"),
        ("base", "abc", "Такой версии нет"),
        ("base", "-1", "Такой версии нет"),
        ("if.999999999.field", "status", "нельзя сохранить: if.999999999"),
        ("if.x.field", "status", "нельзя сохранить: if.x"),
        ("if.01.field", "status", "нельзя сохранить: if.01"),
        ("then.-1.do", "add_tag", "нельзя сохранить: then.-1"),
    ],
)
def test_it_is_refused_and_nothing_saved(
    admin: Browser, number: int, name: str, value: str, said: str
) -> None:
    sent = form_of(admin, number) | {"name_ru": "Другое", name: value}
    answer = admin.post(f"{LIST}/{number}", data=sent)
    assert answer.status_code == 422
    page = parsed(answer)
    assert said.casefold() in page.get_text().casefold()
    assert page.select("[data-error-summary] a")
    written = filled(page.select_one("form.ed"))  # type: ignore[arg-type]
    assert written["name_ru"] == ("Другое" if name != "name_ru" else value.strip("\u202e\u2066"))
    assert (rule(number).name_ru, rule(number).version_number) == ("Ждут", 1)


def test_the_form_that_comes_back_can_be_saved(admin: Browser, number: int) -> None:
    forged = {"if.kind": "xor", "if.x.field": "status", "then.-1.do": "add_tag", "state": "zzz"}
    answer = admin.post(f"{LIST}/{number}", data=form_of(admin, number) | forged)
    assert len(parsed(answer).select("[data-error-summary] li")) == 4
    form = parsed(answer).select_one("form.ed")
    assert admin.send(form, LIST, name_ru="Другое").status_code == 303
    assert (rule(number).name_ru, rule(number).state) == ("Другое", "draft")


def test_no_version_at_all_is_overtaken(admin: Browser, number: int) -> None:
    answer = admin.post(f"{LIST}/{number}", data=form_of(admin, number) | {"base": "abc"})
    form = parsed(answer).select_one("form.ed")
    assert admin.send(form, LIST, name_ru="Другое").status_code == 409
    assert rule(number).name_ru == "Ждут"


def test_a_row_that_no_editor_draws_is_named_while_one_writes(admin: Browser, number: int) -> None:
    sent = form_of(admin, number) | {"if.x.field": "status", "do": "add-action:then"}
    drawn = admin.post(f"{LIST}/draw", data=sent, headers={"HX-Request": "true"})
    assert drawn.status_code == 422
    assert "if.x" in str(parsed(drawn).select_one("[id='if-error']"))
    assert parsed(drawn).select("[id='then.1']")
    for place in ("findings", "count"):
        assert admin.post(f"{LIST}/{place}", data=sent).status_code == 422


def test_what_is_left_out_is_the_usual(admin: Browser, number: int) -> None:
    sent = form_of(admin, number) | {"if.0.value.within": "", "name_ru": "Другое"}
    assert admin.post(f"{LIST}/{number}", data=sent).status_code == 303
    assert rule(number).name_ru == "Другое"


@pytest.mark.parametrize("text", ["Пора {% if x %}", "{{ number", "{{% raw %}"])
def test_braces_that_mean_nothing_are_refused(admin: Browser, text: str) -> None:
    number = given("Пора", "ticket_created", [do("add_note", text="Пора")], state="draft")
    answer = admin.post(f"{LIST}/{number}", data=form_of(admin, number) | {"then.0.text": text})
    assert answer.status_code == 422
    assert "без пары" in parsed(answer).get_text()
    many = '{"a": {"b": {{ company }}}} %}'  # a text of JSON closes as many as it likes
    values = form_of(admin, number) | {"then.0.text": many}
    assert admin.post(f"{LIST}/{number}", data=values).status_code == 303


def test_names_hold_no_marks_that_turn_letters_around(admin: Browser, number: int) -> None:
    values = form_of(admin, number) | {"name_ru": "\u202eтевтО\u202c"}
    assert admin.post(f"{LIST}/{number}", data=values).status_code == 303
    assert rule(number).name_ru == "тевтО"


def test_more_rows_than_can_be_kept_are_refused(admin: Browser, number: int) -> None:
    many = {f"then.{at}.do": "set_priority" for at in range(201)}
    assert admin.post(f"{LIST}/{number}", data=form_of(admin, number) | many).status_code == 422


def test_more_tags_than_a_ticket_may_have_are_refused(admin: Browser) -> None:
    number = given("Метит", "ticket_created", [do("add_tag", ["срочно"])], state="draft")
    names = ", ".join(f"метка-{n}" for n in range(41))
    answer = admin.post(f"{LIST}/{number}", data=form_of(admin, number) | {"then.0.value": names})
    assert answer.status_code == 422
    assert "больше 40" in parsed(answer).get_text()
    assert names in answer.text
    assert rule(number).version_number == 1


def test_somebody_elses_form_key_leads_nowhere(
    admin: Browser, number: int, app: Flask, masha: Staff
) -> None:
    sent = form_of(admin, number) | {"name_ru": "Другое"}
    for _sending in range(2):
        assert admin.post(f"{LIST}/{number}", data=sent).status_code == 303
    assert rule(number).version_number == 2
    other = sign_in(Browser(app), masha)
    token = other.soup(LIST).select_one("meta[name=csrf]")
    assert token is not None
    sent["csrf_token"] = str(token["content"])
    answer = other.post(f"{LIST}/{number}", data=sent)
    assert (answer.status_code, answer.location) == (403, None)
