"""Pages of colleagues: found, edited, refused, two editors, deactivated; rights."""

from datetime import date

import pytest

from core import bus
from core.db import db
from desk import catalog
from desk.routing import staffing
from models import (
    Client,
    Group,
    Membership,
    Schedule,
    Skill,
    Staff,
    StaffSkill,
)
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.people import PASSWORD, sign_in
from tests.support.reading import tag, texts, words
from tests.support.routing import agent, arrives, hands_out

FORM = "main form[data-unsaved]"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def a_skill(name: str = "Терминалы") -> Skill:
    with bus.unit_of_work():
        skill = Skill(key=name, name_ru=name)
        db.session.add(skill)
        staffing.changed()
    return skill


def stored(person: Staff) -> Staff:
    return db.session.get_one(Staff, person.id, populate_existing=True)


def test_the_list_tells_all_and_is_sieved(admin: Browser, sergey: Staff) -> None:
    masha, skill = agent("Маша", title="Кассир"), a_skill()
    with bus.unit_of_work():
        db.session.add(StaffSkill(staff_id=masha.id, skill_id=skill.id, level=4))
        staffing.changed()
    row = words(admin.soup(f"/admin/people?skill={skill.id}"), ".people-table tbody")
    for part in ("Маша", "Оператор, линия 1, Кассир", "На месте", "Поддержка", "Терминалы 4"):
        assert part in row
    assert "Сергей" not in row
    group = catalog_group("repair")
    for query, name in (
        ("q=кассир", "Маша"),
        ("q=sergey@", "Сергей"),
        (f"group={group.id}", "Сергей"),
        ("line=2", "Сергей"),
    ):
        names = texts(admin.soup(f"/admin/people?{query}"), ".people-table tbody th a")
        assert names == [name], query
    assert "Никого не нашлось" in words(admin.soup("/admin/people?q=zzz"))
    assert len(texts(admin.soup("/admin/people?group=x&line=99999999999"), "tbody tr")) == 3


def catalog_group(key: str) -> Group:
    return db.session.query(Group).filter_by(key=key).one()


def test_every_field_is_kept(admin: Browser) -> None:
    masha, skill = agent("Маша"), a_skill()
    with bus.unit_of_work():
        schedule = Schedule(key="s", name_ru="Смены", cycle=[[["00:00", "24:00"]]])
        schedule.anchor, schedule.zone = date(2026, 3, 2), "Europe/Moscow"
        db.session.add(schedule)
        staffing.changed()
    url = f"/admin/people/{masha.id}"
    given = {
        "name": "Мария",
        "title": "Старший оператор",
        "role": "supervisor",
        "line": "2",
        "ticket_limit": "7",
        "dialog_limit": "0",
        "weight": "3",
        "schedule_id": str(schedule.id),
    }
    many = {"languages": ["ru", "kk"], "groups": [], f"skill-{skill.id}": "5"}
    assert admin.submit(url, form=FORM, **given, **many).status_code == 303
    row = stored(masha)
    for name, value in given.items():
        assert str(getattr(row, name)) == value
    assert sorted(row.languages) == ["kk", "ru"]
    assert db.session.get_one(StaffSkill, (masha.id, skill.id)).level == 5
    assert db.session.query(Membership).filter_by(staff_id=masha.id).count() == 0
    soup = admin.soup(url)
    assert "Сейчас действует: 7, своё значение" in words(soup)
    empty = {"ticket_limit": "", "schedule_id": "", "languages": [], f"skill-{skill.id}": ""}
    assert admin.submit(url, form=FORM, **empty).status_code == 303
    row = stored(masha)
    assert (row.ticket_limit, row.schedule_id, row.languages) == (None, None, [])
    assert db.session.query(StaffSkill).count() == 0
    assert "как у компании" in words(admin.soup(url))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Напишите имя"),
        ({"weight": ""}, "от 0 до 100"),
        ({"weight": "101"}, "от 0 до 100"),
        ({"ticket_limit": "много"}, "целое число"),
        ({"role": "king"}, "Такого варианта нет"),
        ({"groups": "999"}, "Такого варианта нет"),
        ({"schedule_id": "999"}, "Такого варианта нет"),
        ({"languages": "xx"}, "Такого варианта нет"),
    ],
)
def test_what_is_refused_stays_in_the_form(
    admin: Browser, given: dict[str, str], said: str
) -> None:
    masha = agent("Маша")
    answer = admin.submit(f"/admin/people/{masha.id}", form=FORM, title="Новая", **given)
    assert answer.status_code == 422
    page = parsed(answer)
    assert said in words(page, "main")
    assert tag(page, "#title")["value"] == "Новая"
    assert stored(masha).title == ""


def test_two_editors(admin: Browser) -> None:
    masha = agent("Маша")
    url = f"/admin/people/{masha.id}"
    form = admin.soup(url).select_one(FORM)
    assert admin.submit(url, form=FORM, title="Первая").status_code == 303
    answer = admin.send(form, url, name="Мария")
    assert answer.status_code == 409
    page = parsed(answer)
    assert texts(page, ".overtaken dt") == ["Имя", "Должность"]
    assert texts(page, ".overtaken dd") == ["Маша", "Первая"]
    again = admin.send(page.select_one(FORM), url)
    assert again.status_code == 303
    assert (stored(masha).name, stored(masha).title) == ("Мария", "")


def test_a_new_colleague_can_sign_in(admin: Browser, client: Browser) -> None:
    agent("Маша")
    given = {"name": "Лена", "email": "lena@kurier.example", "password": PASSWORD, "line": "2"}
    group = str(catalog_group("support").id)
    answer = admin.submit("/admin/people/new", form=FORM, groups=group, **given)
    assert answer.status_code == 303
    lena = db.session.query(Staff).filter_by(name="Лена").one()
    assert answer.location == f"/admin/people/{lena.id}"
    sign_in(client, lena)
    assert client.get("/agent/").status_code in (200, 303)
    assert client.get("/admin/people").status_code == 403


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "anton@kurier.example"}, "уже"),
        ({"email": "x"}, "почт"),
        ({"password": "short"}, "8"),
        ({"name": ""}, "Напишите имя"),
    ],
)
def test_a_new_one_is_refused(admin: Browser, given: dict[str, str], said: str) -> None:
    sound = {"name": "Лена", "email": "lena@kurier.example", "password": PASSWORD}
    answer = admin.submit("/admin/people/new", form=FORM, **{**sound, **given})
    assert answer.status_code == 422
    assert said in words(parsed(answer), ".errors")
    assert db.session.query(Staff).filter_by(name="Лена").count() == 0


def test_deactivated_after_a_word_on_their_work(admin: Browser, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(head_id=masha.id)
    arrives(ivan, group)
    url = f"/admin/people/{masha.id}"
    said = words(admin.soup(url), ".leave")
    assert "У сотрудника 1 открытое обращение" in said
    assert "1: перейдёт к кому-нибудь свободному" in said
    assert "Руководит группами: Поддержка" in said
    assert admin.submit(url, form=".leave form").status_code == 303
    assert not stored(masha).is_active
    page = admin.soup("/admin/people")
    assert texts(page, ".gone-people a") == ["Маша"]
    assert "Маша" not in words(page, ".people-table tbody")
    assert admin.submit(url, form='form[action$="/reactivate"]').status_code == 303
    assert stored(masha).is_active


def test_oneself_and_the_last_administrator_stay(admin: Browser, anton: Staff) -> None:
    url = f"/admin/people/{anton.id}"
    page = admin.soup(url)
    assert "Себя отключить нельзя" in words(page)
    assert page.select(".leave") == []
    answer = admin.submit(url, form=FORM, role="agent")
    assert answer.status_code == 422
    assert "последний администратор" in words(parsed(answer), ".errors")
    other = agent("Маша")
    form = admin.soup(f"/admin/people/{other.id}").select_one(".leave form")
    assert form is not None
    form["action"] = f"{url}/deactivate"
    answer = admin.send(form, url)
    assert answer.status_code == 422
    assert stored(anton).is_active


def test_heads_read_and_agents_do_not(client: Browser, olga: Staff) -> None:
    masha = agent("Маша")
    url = f"/admin/people/{masha.id}"
    sign_in(client, olga)
    page = client.soup(url)
    assert page.select("main form") == []
    assert "Маша" in words(page, ".facts")
    assert "Сотрудников настраивают администраторы" in words(page)
    for path in ("/admin/people", "/admin/absences", "/admin/skills", "/admin/schedules"):
        assert not client.soup(path).select("main form[method=post], main a.btn-primary")
    assert client.get("/admin/people/new").status_code == 403
    sign_in(client, masha)
    for path in ("/admin/people", "/admin/absences", "/admin/skills", "/admin/schedules", url):
        assert client.get(path).status_code == 403
    assert client.get("/admin/people/99999").status_code == 403


def test_a_schedule_that_never_opens_is_told(admin: Browser) -> None:
    masha = agent("Маша")
    with bus.unit_of_work():
        row = Schedule(key="never", name_ru="Никогда", zone="Europe/Moscow", cycle=[[]])
        row.anchor = date(2026, 3, 2)
        db.session.add(row)
        db.session.flush()
        db.session.get_one(Staff, masha.id).schedule_id = row.id
        catalog.changed()
        staffing.changed()
    assert "ни одного рабочего часа" in words(admin.soup(f"/admin/people/{masha.id}"))
