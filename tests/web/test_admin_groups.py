"""Pages of groups and of the dispatcher as a whole: saved, refused, two editors, rights."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import settings
from models import Client, Group, Membership, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.people import sign_in
from tests.support.reading import tag, texts, words
from tests.support.routing import agent, arrives, hands_out, holder, queued

FORM = "main form[data-unsaved]"
DELETE = "main .pol-delete form"
PAGE = "/admin/routing"


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def group_of(key: str = "support") -> Group:
    return db.session.query(Group).filter_by(key=key).populate_existing().one()


def test_a_group_is_made_and_hands_out(admin: Browser, ivan: Client) -> None:
    masha = agent("Маша")
    given = {"name_ru": "Возвраты", "line": "2", "members": str(masha.id), "mode": "round_robin"}
    answer = admin.submit("/admin/groups/new", form=FORM, ticket_limit="3", **given)
    assert answer.status_code == 303
    group = db.session.query(Group).filter_by(name_ru="Возвраты").one()
    assert (group.mode, group.ticket_limit, group.at_absence) == ("round_robin", 3, "hand_on")
    assert answer.location == f"/admin/groups/{group.id}"
    assert holder(arrives(ivan, group)) == "Маша"
    said = words(admin.soup("/admin/groups"))
    assert "Возвраты 2 · Специалисты По очереди 1 человек" in said


def test_every_field_is_kept(admin: Browser, olga: Staff) -> None:
    masha = agent("Маша")
    first = group_of("first")
    url = f"/admin/groups/{group_of().id}"
    given = {
        "name_ru": "Помощь",
        "name_en": "Help",
        "line": "2",
        "head_id": str(olga.id),
        "members": [str(masha.id), str(olga.id)],
        "mode": "by_weight",
        "is_sticky": "y",
        "asks_language": "y",
        "ticket_limit": "7",
        "dialog_limit": "2",
        "overflow_minutes": "30",
        "overflow_to_id": str(first.id),
        "answer_seconds": "90",
        "at_shift_end": "queue",
        "at_absence": "keep",
    }
    assert admin.submit(url, form=FORM, **given).status_code == 303
    row = group_of()
    for name, value in given.items():
        if name not in ("members", "is_sticky", "asks_language"):
            assert str(getattr(row, name)) == value
    assert row.is_sticky
    assert row.asks_language
    members = {each.staff_id for each in db.session.query(Membership).filter_by(group_id=row.id)}
    assert members == {masha.id, olga.id}
    empty = dict.fromkeys(("ticket_limit", "dialog_limit", "overflow_minutes"), "")
    empty |= {"overflow_to_id": "", "answer_seconds": "", "head_id": "", "is_sticky": []}
    assert admin.submit(url, form=FORM, **empty, members=[]).status_code == 303
    row = group_of()
    assert (row.ticket_limit, row.overflow_to_id, row.head_id) == (None, None, None)
    assert (row.is_sticky, row.asks_language) == (False, True)
    assert db.session.query(Membership).filter_by(group_id=row.id).count() == 0


def test_switching_it_on_hands_out_what_comes(admin: Browser, ivan: Client) -> None:
    agent("Маша")
    group = hands_out("")
    assert holder(arrives(ivan, group)) is None
    url = f"/admin/groups/{group.id}"
    assert admin.submit(url, form=FORM, mode="least_loaded").status_code == 303
    assert (holder(arrives(ivan, group)), queued()) == ("Маша", [])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name_ru": " "}, "Дайте название"),
        ({"name_ru": "первая линия"}, "Так называется другая группа"),
        ({"ticket_limit": "100"}, "Число от 1 до 99"),
        ({"ticket_limit": "много"}, "целое число"),
        ({"overflow_minutes": "5"}, "в какую группу"),
        ({"answer_seconds": "5"}, "от 10 до 3600"),
        ({"mode": "random"}, "Такого варианта нет"),
        ({"at_absence": "throw_away"}, "Такого варианта нет"),
        ({"members": "999"}, "не работает"),
        ({"members": "x"}, ""),
        ({"line": "0"}, "Такого варианта нет"),
        ({"head_id": "9" * 40}, "Такого варианта нет"),
    ],
)
def test_what_can_not_be_is_refused_and_kept_on_the_page(
    admin: Browser, given: dict[str, Any], said: str
) -> None:
    agent("Маша")
    group = hands_out()
    answer = admin.submit(f"/admin/groups/{group.id}", form=FORM, name_en="Typed", **given)
    assert answer.status_code == 422
    page = parsed(answer)
    assert said in words(page, ".errors")
    link = str(tag(page, ".errors a")["href"])
    assert page.select(link), f"{link} leads nowhere"
    assert tag(page, "#name_en")["value"] == "Typed"
    assert group_of().mode == "least_loaded"
    assert group_of().name_en == "Support"


def test_two_editors(admin: Browser) -> None:
    agent("Маша")
    url = f"/admin/groups/{hands_out().id}"
    form = admin.soup(url).select_one(FORM)
    hands_out(ticket_limit=7, mode="by_weight")
    answer = admin.send(form, url, ticket_limit="4", mode="round_robin")
    assert answer.status_code == 409
    page = parsed(answer)
    assert words(page, ".theirs") == "Кому достаётся работаПо весуОбращений одновременно7"
    assert tag(page, "#ticket_limit")["value"] == "4"
    assert admin.send(page.select_one(FORM), url).status_code == 303
    assert (group_of().ticket_limit, group_of().mode) == (4, "round_robin")


def test_deleted_only_when_nothing_refers_to_it(admin: Browser, ivan: Client) -> None:
    agent("Маша")
    group = hands_out()
    arrives(ivan, group)
    answer = admin.submit(f"/admin/groups/{group.id}", form=DELETE)
    assert answer.status_code == 422
    said = "Группа остаётся, потому что на неё ссылаются: 1 обращение в ней."
    assert words(parsed(answer), "[role=alert]") == said
    made = admin.submit("/admin/groups/new", form=FORM, name_ru="Пустая", line="1")
    answer = admin.submit(made.location, form=DELETE)
    assert answer.location == "/admin/groups"
    assert db.session.query(Group).filter_by(name_ru="Пустая").count() == 0


def test_the_table_says_how_each_group_hands_out(admin: Browser) -> None:
    agent("Маша")
    agent("Сергей", group=("repair", "Ремонт", "Repair"))
    repair = group_of("repair")
    hands_out("by_weight", is_sticky=True, answer_seconds=60, ticket_limit=None)
    hands_out("by_weight", overflow_minutes=15, overflow_to_id=repair.id, at_shift_end="queue")
    rows = texts(admin.soup(PAGE), ".groups-table tbody tr")
    (support,) = [row for row in rows if row.startswith("Поддержка")]
    for part in (
        "По весу",
        "сначала тому, кто вёл клиента раньше",
        "1 из 1",
        "обращений: 2",
        "через 15 мин в «Ремонт»",
        "диалог возвращается через 60 с",
        "Конец смены: возвращается в очередь группы",
        "Отсутствие: передаётся: заместителю",
    ):
        assert part in support
    (other,) = [row for row in rows if row.startswith("Ремонт")]
    assert "Люди берут работу сами" in other
    assert "как у компании" in other


def test_what_can_not_work_is_told_with_the_way_there(admin: Browser) -> None:
    agent("Маша", weight=0)
    agent("Сергей", group=("repair", "Ремонт", "Repair"))
    support, repair = hands_out("by_weight"), hands_out(group="repair")
    hands_out("by_weight", overflow_minutes=5, overflow_to_id=repair.id)
    hands_out(group="repair", overflow_minutes=5, overflow_to_id=support.id)
    page = admin.soup(PAGE)
    said = words(page, ".callout-warn")
    assert "все веса равны 0" in said
    assert "Поддержка → Ремонт → Поддержка" in said
    ways = [str(a["href"]) for a in page.select(".warns a")]
    assert f"/admin/groups/{support.id}#overflow_to_id" in ways
    for address in (each for each in ways if each.startswith("/admin/groups/")):
        path, _hash, place = address.partition("#")
        assert admin.soup(path).select(f"#{place}"), f"{address} leads nowhere"


def test_limits_of_the_company(admin: Browser, ivan: Client) -> None:
    agent("Маша")
    group = hands_out(ticket_limit=None)
    for wrong in ("100", "0", "", "пять"):
        assert admin.submit(PAGE, form=FORM, ticket_limit=wrong).status_code == 422
    assert admin.submit(PAGE, form=FORM, ticket_limit="1").status_code == 303
    with bus.unit_of_work(writes=False):
        assert settings.get("ticket_limit") == 1
    numbers = [arrives(ivan, group) for _ in range(2)]
    assert [holder(each) for each in numbers] == ["Маша", None]
    given = {"ticket_limit": "2", "pending_takes_slot": "y", "passing_needs": "y"}
    assert admin.submit(PAGE, form=FORM, **given).status_code == 303
    assert holder(numbers[1]) == "Маша"
    with bus.unit_of_work(writes=False):
        assert settings.get("pending_takes_slot")
        assert settings.get("passing_needs")


def test_limits_saved_by_two(admin: Browser) -> None:
    mine = admin.soup(PAGE).select_one(FORM)
    assert admin.submit(PAGE, form=FORM, ticket_limit="9").status_code == 303
    answer = admin.send(mine, PAGE, ticket_limit="8")
    assert answer.status_code == 409
    assert words(parsed(answer), ".theirs") == "Обращений одновременно9"
    assert admin.send(parsed(answer).select_one(FORM), PAGE).status_code == 303
    with bus.unit_of_work(writes=False):
        assert settings.get("ticket_limit") == 8


def test_rights(client: Browser, masha: Staff, olga: Staff, anton: Staff) -> None:
    url = f"/admin/groups/{group_of('first').id}"
    pages = (PAGE, "/admin/groups", url)
    assert [sign_in(client, masha).get(each).status_code for each in pages] == [403] * 3
    head = sign_in(client, olga)
    for each in pages:
        soup = head.soup(each)
        assert not soup.select("main form")
        assert not soup.select('a[href="/admin/groups/new"]')
    assert "УчастникиМаша" in words(head.soup(url), ".facts")
    token = {"csrf_token": str(tag(head.soup("/agent/me"), "[name=csrf_token]")["value"])}
    token["form_key"] = "k" * 20
    for each in (PAGE, "/admin/groups/new", url, f"{url}/delete"):
        assert head.post(each, data=token).status_code == 403
    assert head.get("/admin/groups/new").status_code == 403
    assert sign_in(client, anton).get("/admin/groups/99999").status_code == 404
