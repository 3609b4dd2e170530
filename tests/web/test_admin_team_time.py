"""Pages of skills, schedules, absences and single shifts; one's own absences."""

from datetime import datetime

import pytest

from core import bus
from core.db import db
from desk import catalog
from desk.routing import staffing
from models import (
    Absence,
    Calendar,
    Schedule,
    Shift,
    Skill,
    Staff,
    StaffSkill,
    TicketType,
    TypeNeed,
)
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.people import sign_in
from tests.support.reading import tag, texts, words
from tests.support.routing import agent

FORM = "main form[data-unsaved]"
NEW_SKILL = 'form[action="/admin/skills"]'


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


@pytest.fixture(autouse=True)
def _on_a_monday(clock: object) -> None:
    """The clock of the tests stands still."""


def new_skill(admin: Browser, name: str) -> Skill:
    assert admin.submit("/admin/skills", form=NEW_SKILL, name_ru=name).status_code == 303
    return db.session.query(Skill).filter_by(name_ru=name).one()


def test_skills_are_added_renamed_and_ordered(admin: Browser) -> None:
    first, second = new_skill(admin, "Касса"), new_skill(admin, "Терминалы")
    answer = admin.submit("/admin/skills", form=NEW_SKILL, name_ru="касса")
    assert answer.status_code == 422
    assert "Так называется другая квалификация" in words(parsed(answer))
    form = admin.soup("/admin/skills").select_one(".type-order")
    assert form is not None
    url = f"/admin/skills/{second.id}"
    answer = admin.submit(url, form=FORM, name_ru="Терминалы и сканеры", name_en="Terminals")
    assert answer.status_code == 303
    for one in form.select("button"):
        one.name = "input"
        one["type"] = "hidden"
        if one["name"] == "up" or one["value"] != str(first.id):
            one.decompose()
    assert admin.send(form, "/admin/skills").status_code == 303
    names = texts(admin.soup("/admin/skills"), ".line-name")
    assert names == ["Терминалы и сканеры", "Касса"]


def test_two_who_rename_a_skill(admin: Browser) -> None:
    url = f"/admin/skills/{new_skill(admin, 'Касса').id}"
    form = admin.soup(url).select_one(FORM)
    assert admin.submit(url, form=FORM, name_ru="Кассы").status_code == 303
    answer = admin.send(form, url, name_ru="Фискальные кассы")
    assert answer.status_code == 409
    page = parsed(answer)
    assert "Сейчас она называется: Кассы" in words(page, ".overtaken")
    assert admin.send(page.select_one(FORM), url).status_code == 303
    assert texts(admin.soup("/admin/skills"), ".line-name") == ["Фискальные кассы"]


def test_a_skill_in_use_names_its_users_and_goes_from_all(admin: Browser) -> None:
    skill, masha = new_skill(admin, "Касса"), agent("Маша")
    with bus.unit_of_work():
        kind = db.session.query(TicketType).order_by(TicketType.id).first()
        assert kind is not None
        db.session.add(TypeNeed(type_id=kind.id, skill_id=skill.id, level=2))
        staffing.changed()
    assert "Её ни у кого нет: такие обращения будут ждать" in words(admin.soup("/admin/skills"))
    url = f"/admin/skills/{skill.id}"
    stale = admin.soup(url).select_one(".pol-delete form")
    with bus.unit_of_work():
        db.session.add(StaffSkill(staff_id=masha.id, skill_id=skill.id, level=5))
        staffing.changed()
    answer = admin.send(stale, url)
    assert answer.status_code == 409
    said = words(parsed(answer), ".pol-delete")
    assert "Маша, уровень 5" in said
    assert kind.name_ru in said
    assert admin.submit(url, form=".pol-delete form").status_code == 303
    assert (db.session.query(StaffSkill).count(), db.session.query(TypeNeed).count()) == (0, 0)
    assert admin.get(url).status_code == 404


def rotation(admin: Browser, name: str = "2 через 2", **more: str) -> Schedule:
    given = {"name_ru": name, "do": "save", **more}
    answer = admin.submit("/admin/schedules/new?preset=2-2", form=FORM, **given)
    assert answer.status_code == 303
    return db.session.query(Schedule).filter_by(name_ru=name).one()


def test_a_rotation_from_a_preset(admin: Browser) -> None:
    page = admin.soup("/admin/schedules/new")
    links = texts(page, ".presets a")
    assert links == ["2 через 2", "5 через 2", "3 через 1", "День, ночь, 2 выходных"]
    row = rotation(admin)
    assert row.cycle == [[["09:00", "21:00"]], [["09:00", "21:00"]], [], []]
    days = texts(admin.soup(f"/admin/schedules/{row.id}"), ".days-ahead b")
    assert days == ["9:00–21:00", "9:00–21:00", "выходной", "выходной"] * 3 + ["9:00–21:00"] * 2
    assert "09:00–21:00 · 09:00–21:00 · – · –" in words(admin.soup("/admin/schedules"))


def test_by_a_calendar_and_previewed_before_it_is_saved(admin: Browser) -> None:
    calendar = next(iter(db.session.scalars(db.select(Calendar)))).id
    given = {"name_ru": "Офис", "kind": "calendar", "calendar_id": str(calendar)}
    answer = admin.submit("/admin/schedules/new", form=FORM, do="preview", **given)
    assert answer.status_code == 200
    assert len(texts(parsed(answer), ".days-ahead li")) == 14
    assert db.session.query(Schedule).count() == 0
    answer = admin.submit("/admin/schedules/new", form=FORM, do="save", **given)
    assert answer.status_code == 303
    row = db.session.query(Schedule).one()
    assert (row.calendar_id, row.cycle) == (calendar, [])
    answer = admin.submit(
        f"/admin/schedules/{row.id}", form=FORM, do="save", kind="calendar", calendar_id=""
    )
    assert answer.status_code == 422
    assert "Выберите календарь" in words(parsed(answer), ".errors")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name_ru": ""}, "Дайте название"),
        ({"days": "9-21\nутром"}, "День 2:"),
        ({"days": ""}, "хотя бы одного дня"),
        ({"anchor": "вчера"}, "на какую дату"),
        ({"zone": "Mars/Base"}, "пояс"),
    ],
)
def test_a_schedule_is_refused(admin: Browser, given: dict[str, str], said: str) -> None:
    sound = {"name_ru": "Смены", "do": "save"}
    answer = admin.submit("/admin/schedules/new", form=FORM, **{**sound, **given})
    assert answer.status_code == 422
    assert said in words(parsed(answer), ".errors")


def test_one_that_never_opens_is_warned_of(admin: Browser) -> None:
    row = rotation(admin, days="–\n–")
    assert "ни одного рабочего часа" in words(admin.soup(f"/admin/schedules/{row.id}"))
    assert "ни одного рабочего часа" in words(admin.soup("/admin/schedules"))


def test_two_who_change_a_schedule(admin: Browser) -> None:
    url = f"/admin/schedules/{rotation(admin).id}"
    form = admin.soup(url).select_one(FORM)
    assert admin.submit(url, form=FORM, do="save", days="8-20\n-").status_code == 303
    answer = admin.send(form, url, do="save", days="10-22\n-")
    assert answer.status_code == 409
    assert "08:00–20:00" in words(parsed(answer), ".overtaken .theirs")
    again = admin.send(parsed(answer).select_one(FORM), url, do="save")
    assert again.status_code == 303


def test_deleting_one_in_use_asks_where_its_people_go(admin: Browser) -> None:
    row, other = rotation(admin), rotation(admin, "Другой")
    masha = agent("Маша")
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).schedule_id = row.id
        catalog.changed()
    url, form = f"/admin/schedules/{row.id}", ".pol-delete form"
    assert texts(admin.soup(url), ".held-what a") == ["Маша"]
    answer = admin.submit(url, form=form)
    assert answer.status_code == 422
    assert "на какой график" in words(parsed(answer), ".callout-danger")
    assert admin.submit(url, form=form, to=str(other.id)).status_code == 303
    assert db.session.get_one(Staff, masha.id, populate_existing=True).schedule_id == other.id
    assert admin.get(url).status_code == 404
    url = f"/admin/schedules/{other.id}"
    assert admin.submit(url, form=form, to="none").status_code == 303
    assert db.session.get_one(Staff, masha.id, populate_existing=True).schedule_id is None


def absent(person: Staff) -> str:
    return f'form[action="/admin/people/{person.id}/absences"]'


def test_an_absence_on_the_page_of_a_person(admin: Browser) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    url = f"/admin/people/{masha.id}"
    given = {
        "kind": "sick",
        "starts_at": "2026-03-02T08:00",
        "ends_at": "2026-03-05T00:00",
        "stand_in_id": str(sergey.id),
        "note": "Грипп",
    }
    assert admin.submit(url, form=absent(masha), **given).status_code == 303
    row = db.session.query(Absence).one()
    assert (row.kind, row.staff_id, row.stand_in_id) == ("sick", masha.id, sergey.id)
    assert row.starts_at == datetime.fromisoformat("2026-03-02T05:00Z"), "by the reader's clock"
    said = words(admin.soup(url), "#absences .lines")
    for part in ("Болезнь", "заместитель: Сергей", "Грипп", "Снова на работе"):
        assert part in said
    assert "отсутствует до" in words(admin.soup("/admin/people"), ".people-table")
    answer = admin.submit(url, form=absent(masha), starts_at="2026-03-04T00:00")
    assert answer.status_code == 422
    assert "уже есть другое отсутствие" in words(parsed(answer), "#absences .errors")
    page = admin.soup("/admin/absences")
    assert texts(page, ".line-name") == ["Маша"]
    assert admin.submit("/admin/absences", form=".lines form").location == "/admin/absences"
    assert "не запланировано" in words(admin.soup("/admin/absences"))


def test_a_stand_in_who_is_absent_too_is_warned_of(admin: Browser) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    given = {"starts_at": "2026-03-10T00:00", "ends_at": ""}
    admin.submit(f"/admin/people/{sergey.id}", form=absent(sergey), **given)
    url = f"/admin/people/{masha.id}"
    admin.submit(url, form=absent(masha), stand_in_id=str(sergey.id), **given)
    assert "Сергей замещает, но в это время тоже отсутствует" in words(admin.soup(url))
    assert "Убрать" in words(admin.soup(url), "#absences .lines"), "it has not begun"


@pytest.mark.parametrize("given", ["", "завтра", "0001-01-01T00:00", "2026-03-02"])
def test_a_moment_is_a_day_and_an_hour(admin: Browser, given: str) -> None:
    masha = agent("Маша")
    answer = admin.submit(f"/admin/people/{masha.id}", form=absent(masha), starts_at=given)
    assert answer.status_code == 422
    assert db.session.query(Absence).count() == 0


def test_single_shifts(admin: Browser) -> None:
    masha = agent("Маша")
    url, form = f"/admin/people/{masha.id}", f'form[action="/admin/people/{masha.id}/shifts"]'
    given = {"starts_at": "2026-03-07T09:00", "ends_at": "2026-03-07T18:00"}
    assert admin.submit(url, form=form, **given).status_code == 303
    answer = admin.submit(url, form=form, **given)
    assert answer.status_code == 422
    assert "другая отдельная смена" in words(parsed(answer), "#shifts .errors")
    assert admin.submit(url, form="#shifts .lines form").status_code == 303
    assert db.session.query(Shift).count() == 0


def test_ones_own_absences_and_nobody_elses(client: Browser) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    sign_in(client, masha)
    assert tag(client.soup("/agent/me"), 'main a[href="/agent/me/absences"]')
    url, form = "/agent/me/absences", "main .time-form"
    assert client.submit(url, form=form, starts_at="2026-03-10T00:00").status_code == 303
    answer = client.submit(url, form=form, starts_at="2026-03-11T00:00")
    assert answer.status_code == 422
    row = db.session.query(Absence).one()
    assert (row.staff_id, row.created_by_id) == (masha.id, masha.id)
    mine = client.soup(url).select_one(".lines form")
    sign_in(client, sergey)
    assert "не запланировано" in words(client.soup(url))
    assert mine is not None
    token = tag(client.soup(url), "main .time-form [name=csrf_token]")["value"]
    answer = client.send(mine, url, csrf_token=token)
    assert answer.status_code == 404
    sign_in(client, masha)
    assert client.submit(url, form=".lines form").status_code == 303
    assert db.session.query(Absence).count() == 0
