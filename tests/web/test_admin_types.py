"""The page of types: all bindings in one form, shown as triggers too; and the page of one type."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.db import db
from desk.automation import library
from desk.catalog import catalog
from desk.team import type_triggers
from desk.team.type_triggers import Binding, Bound
from models import Group, Rule, Skill, Staff, TicketType, TypeNeed
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.editors import editor
from tests.support.people import sign_in
from tests.support.reading import tag, texts, words

PAGE = "/admin/types"
FORM = "form#types"
EDITOR = "main form[data-unsaved]"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def kind(key: str = "repair") -> TicketType:
    return db.session.query(TicketType).filter_by(key=key).populate_existing().one()


def binding(key: str = "repair") -> Binding:
    with bus.unit_of_work(writes=False):
        return type_triggers.bindings()[kind(key).id]


def group() -> Group:
    return db.session.query(Group).filter_by(key="first").one()


def row(soup: BeautifulSoup, key: str = "repair") -> Any:
    return tag(soup, f"#type-{kind(key).id}")


def said(soup: BeautifulSoup, key: str = "repair") -> str:
    """Of the line of a type."""
    return words(soup, f"#type-{kind(key).id}")


def bind(admin: Browser, key: str = "repair", **what: str) -> Any:
    given = {f"{name}-{kind(key).id}": value for name, value in what.items()}
    return admin.submit(PAGE, form=FORM, **given)


def test_bound_in_one_screen_and_shown_as_triggers(admin: Browser, masha: Staff) -> None:
    repair, payment = kind().id, kind("payment").id
    given = {f"group-{repair}": str(group().id), f"dispatcher-{repair}": "1"}
    given |= {f"person-{payment}": str(masha.id), f"line-{payment}": "2"}
    assert admin.submit(PAGE, form=FORM, **given).status_code == 303
    assert binding().bound == Bound(group=group().id, dispatcher=True)
    assert binding("payment").bound == Bound(line=2, person=masha.id)
    assert binding("question").rule is None
    listed = words(admin.soup("/admin/triggers"))
    assert "Тип: Ремонт" in listed
    assert "Тип: Оплата" in listed
    soup = admin.soup(PAGE)
    chosen = texts(row(soup, "payment"), "option[selected]")
    assert chosen == ["Маша", "2 · Специалисты"]
    assert row(soup).select_one("[type=checkbox]").has_attr("checked")
    rule = binding().rule
    assert rule is not None
    assert row(soup).select(f'a[href="/admin/triggers/{rule.id}"]')


def test_saving_once_more_changes_nothing(admin: Browser) -> None:
    bind(admin, line="2")
    answer = admin.submit(PAGE, form=FORM)
    assert "Ничего не изменилось" in words(admin.soup(answer.location), "#toasts")
    rule = binding().rule
    assert rule is not None
    assert rule.version_number == 1


def test_taken_away_it_is_deleted(admin: Browser) -> None:
    bind(admin, line="2")
    rule = binding().rule
    assert rule is not None
    bind(admin, line="")
    assert binding().rule is None
    assert db.session.get_one(Rule, rule.id).deleted_at is not None


def test_saved_in_the_editor_without_a_change_it_still_fits(admin: Browser, masha: Staff) -> None:
    bind(admin, line="2", group=str(group().id), person=str(masha.id))
    bind(admin, "question", group=str(group().id), dispatcher="1")
    for key in ("repair", "question"):
        bound, rule = binding(key).bound, binding(key).rule
        assert rule is not None
        url = f"/admin/triggers/{rule.id}"
        values = editor(admin.soup(url)) | {"note": "просмотрено"}
        assert admin.post(url, data=values).status_code == 303
        assert (binding(key).bound, binding(key).is_foreign) == (bound, False)
        saved = binding(key).rule
        assert saved is not None
        assert saved.version_number == 2


def test_changed_in_the_editor_so_that_it_fits_no_more(admin: Browser) -> None:
    bind(admin, line="2")
    rule = binding().rule
    assert rule is not None
    url = f"/admin/triggers/{rule.id}"
    values = editor(admin.soup(url)) | {"stop": "1"}
    assert admin.post(url, data=values).status_code == 303
    soup = admin.soup(PAGE)
    assert "сюда он больше не помещается" in said(soup)
    assert row(soup).select(f'a[href="{url}"]')
    assert not row(soup).select("select")
    given = {f"edition-{kind().id}": "", f"line-{kind().id}": "3"}
    form = filled(tag(soup, FORM)) | given  # whoever sends it nevertheless
    assert admin.post(PAGE, data=form).status_code in (409, 422)
    assert binding().is_foreign
    current = library.version_of(db.session.get_one(Rule, rule.id))
    assert current.definition["then"][0]["value"] == 2
    bind(admin, "question", line="3")
    assert binding("question").bound == Bound(line=3), "the others can be changed"


def test_switched_off_is_told(admin: Browser, anton: Staff) -> None:
    bind(admin, line="2")
    with bus.unit_of_work():
        rule = binding().rule
        assert rule is not None
        library.set_state(library.rule_for(rule.id), "off", by=anton)
    assert texts(row(admin.soup(PAGE)), ".badge") == ["выключен"]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ({"group": "999"}, "удалено"),
        ({"person": "999"}, "удалено"),
        ({"line": "8"}, "удалено"),
    ],
)
def test_what_is_refused_stands_in_the_form(
    admin: Browser, what: dict[str, str], told: str
) -> None:
    answer = bind(admin, **what)
    assert answer.status_code == 422
    soup = parsed(answer)
    assert told in words(soup, ".errors")
    assert str(tag(soup, ".errors a")["href"]) == f"#type-{kind().id}"
    (name, value) = next(iter(what.items()))
    chosen = tag(soup, f"#{name}-{kind().id} option[selected]")
    assert str(chosen["value"]) == value
    assert binding().rule is None


def test_a_person_and_the_dispatcher_together(admin: Browser, masha: Staff) -> None:
    answer = bind(admin, person=str(masha.id), dispatcher="1")
    assert answer.status_code == 422
    assert "Либо человек, либо диспетчер" in said(parsed(answer))


@pytest.mark.parametrize("odd", ["-1", "1e3", "²", "9" * 30, "x"])
def test_what_no_id_can_be_is_nothing(admin: Browser, odd: str) -> None:
    assert bind(admin, group=odd).status_code == 303
    assert binding().rule is None


def test_two_editors_of_bindings(admin: Browser) -> None:
    form = admin.soup(PAGE).select_one(FORM)
    bind(admin, line="2")
    bind(admin, "question", line="3")
    answer = admin.send(form, PAGE, **{f"line-{kind().id}": "1"})
    assert answer.status_code == 409
    soup = parsed(answer)
    assert "Сейчас сохранено: 2 · Специалисты" in said(soup)
    assert texts(row(soup), "option[selected]") == ["1 · Первая линия"]
    assert texts(row(soup, "question"), "option[selected]") == ["3 · Эксперты"], "was not touched"
    assert admin.send(soup.select_one(FORM), PAGE).status_code == 303
    assert binding().bound == Bound(line=1)
    assert binding("question").bound == Bound(line=3)


def test_whoever_touches_another_line_is_not_in_the_way(admin: Browser) -> None:
    form = admin.soup(PAGE).select_one(FORM)
    bind(admin, line="2")
    assert admin.send(form, PAGE, **{f"line-{kind('question').id}": "3"}).status_code == 303
    assert (binding().bound, binding("question").bound) == (Bound(line=2), Bound(line=3))


def given_skill(name: str = "Терминалы") -> int:
    with bus.unit_of_work():
        made = Skill(key="terminals", name_ru=name)
        db.session.add(made)
        db.session.flush()
        return made.id


def test_a_type_is_made_and_changed(admin: Browser) -> None:
    skill = given_skill()
    need = {f"need-{skill}": "3"}
    answer = admin.submit(f"{PAGE}/new", form=EDITOR, name_ru="Возврат", slots="2", **need)
    assert answer.status_code == 303
    made = db.session.query(TicketType).filter_by(name_ru="Возврат").one()
    assert (made.slots, made.is_active) == (2, True)
    assert db.session.query(TypeNeed).one().level == 3
    assert "2 места, Терминалы от уровня 3" in said(admin.soup(PAGE), made.key)
    url = f"{PAGE}/{made.id}"
    given: dict[str, Any] = {
        f"need-{skill}": "",
        "is_active": [],
        "slots": "1",
        "name_en": "Return",
    }
    assert admin.submit(url, form=EDITOR, **given).status_code == 303
    row_of = kind(made.key)
    assert (row_of.slots, row_of.is_active, row_of.name_en) == (1, False, "Return")
    assert db.session.query(TypeNeed).count() == 0
    assert "не используется" in said(admin.soup(PAGE), made.key)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name_ru": ""}, "Дайте название"),
        ({"name_ru": "ВОПРОС"}, "Так называется другой тип"),
        ({"slots": "21"}, "от 1 до 20"),
        ({"slots": ""}, "от 1 до 20"),
        ({"slots": "много"}, "целое число"),
        ({"need": "6"}, "Такого варианта нет"),
    ],
)
def test_a_wrong_type_is_refused_and_kept_on_the_page(
    admin: Browser, given: dict[str, str], told: str
) -> None:
    skill = given_skill()
    given = {f"need-{skill}" if name == "need" else name: value for name, value in given.items()}
    answer = admin.submit(f"{PAGE}/{kind().id}", form=EDITOR, name_en="Typed", **given)
    assert answer.status_code == 422
    soup = parsed(answer)
    assert told in words(soup, ".errors")
    assert soup.select(str(tag(soup, ".errors a")["href"]))
    assert tag(soup, "#name_en")["value"] == "Typed"
    assert kind().name_en == "Repair"


def test_two_editors_of_a_type(admin: Browser) -> None:
    skill = given_skill()
    url = f"{PAGE}/{kind().id}"
    form = admin.soup(url).select_one(EDITOR)
    assert admin.submit(url, form=EDITOR, slots="5", **{f"need-{skill}": "2"}).status_code == 303
    answer = admin.send(form, url, slots="4")
    assert answer.status_code == 409
    assert words(parsed(answer), ".theirs") == "Мест в лимите5КвалификацииТерминалы от уровня 2"
    assert admin.send(parsed(answer).select_one(EDITOR), url).status_code == 303
    assert kind().slots == 4


def test_order(admin: Browser) -> None:
    def order() -> list[str]:
        with bus.unit_of_work(writes=False):
            return [each.key for each in catalog().types.values()]

    assert admin.submit(PAGE, form="form#order").status_code == 404, "nothing was chosen"
    for name, key in (("up", "repair"), ("down", "question")):
        values = filled(tag(admin.soup(PAGE), "form#order")) | {name: str(kind(key).id)}
        assert admin.post(f"{PAGE}/move", data=values).status_code == 303
    assert order() == ["repair", "question", "problem", "payment"]
    buttons = row(admin.soup(PAGE)).select('button[form="order"]')
    assert [each.has_attr("disabled") for each in buttons] == [True, False]


def test_rights(client: Browser, masha: Staff, olga: Staff, anton: Staff) -> None:
    bind(sign_in(client, anton), line="2")
    assert sign_in(client, masha).get(PAGE).status_code == 403
    head = sign_in(client, olga)
    soup = head.soup(PAGE)
    assert "2 · Специалисты" in words(soup)
    assert not soup.select("main form")
    url = f"{PAGE}/{kind().id}"
    token = {"csrf_token": str(tag(head.soup("/agent/me"), "[name=csrf_token]")["value"])}
    token["form_key"] = "k" * 20
    for each in (PAGE, f"{PAGE}/new", f"{PAGE}/move", url):
        assert head.post(each, data=token).status_code == 403
    assert [head.get(each).status_code for each in (f"{PAGE}/new", url)] == [403, 403]
    assert sign_in(client, anton).get(f"{PAGE}/999").status_code == 404
