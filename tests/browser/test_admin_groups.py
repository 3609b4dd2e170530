"""Groups and types in the browser: members found by typing, long names on a phone, keys."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk.team import groups, types
from desk.team.group_said import GroupSaid
from desk.team.type_said import TypeSaid
from models import Group, Membership, Rule, Staff, TicketType
from tests.support.browser import scripts_run
from tests.support.people import hire, sign_in_page
from tests.support.server import LiveServer

NAME = "Щ" * 120
WIDER = """() => [document.documentElement, document.querySelector("main")]
  .filter((box) => box.scrollWidth > box.clientWidth).length"""

pytestmark = pytest.mark.one_database


@pytest.fixture
def group(masha: Staff, sergey: Staff, vera: Staff, anton: Staff) -> Group:
    """Enough colleagues that they have to be found."""
    for number in range(8):
        hire(f"Новичок {number}", f"newcomer{number}@kurier.example")
    return db.session.query(Group).filter_by(key="first").one()


def test_members_are_found_by_typing(
    page: Any, live_server: LiveServer, group: Group, sergey: Staff, anton: Staff
) -> None:
    sign_in_page(page, live_server, anton).goto(f"/admin/groups/{group.id}")
    scripts_run(page)
    checks = page.locator("#members .check")
    assert checks.count() == 12
    find = page.get_by_role("searchbox", name="Найти в списке")
    find.fill("серг")
    assert [each.strip() for each in page.locator("#members .check:visible").all_inner_texts()] == [
        "Сергей линия 2"
    ]
    find.press("Enter")
    assert page.url.endswith(f"/admin/groups/{group.id}")
    page.get_by_role("checkbox", name="Сергей").check()
    page.keyboard.press("Control+s")
    page.get_by_text("Сохранено.").wait_for()
    assert page.get_by_role("checkbox", name="Сергей").is_checked()
    db.session.rollback()  # what it had read before is of an earlier moment
    assert db.session.get(Membership, (sergey.id, group.id)) is not None


def test_types_are_bound_by_keyboard(
    page: Any, live_server: LiveServer, masha: Staff, anton: Staff
) -> None:
    kind = db.session.query(TicketType).filter_by(key="repair").one().id
    sign_in_page(page, live_server, anton).goto("/admin/types")
    scripts_run(page)
    page.locator(f"#line-{kind}").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+s")
    page.get_by_role("link", name="Тип: Ремонт").wait_for()
    db.session.rollback()
    assert db.session.query(Rule).filter_by(name_ru="Тип: Ремонт", state="on").count() == 1


@pytest.mark.parametrize("width", [1440, 820, 390, 320])
def test_long_names_stay_within_the_page(
    page: Any, live_server: LiveServer, anton: Staff, width: int
) -> None:
    person = hire(NAME, "long@kurier.example", title=NAME)
    with bus.unit_of_work():
        made = groups.create(GroupSaid(NAME, members=[person.id], head_id=person.id), by=anton).id
        kind = types.create(TypeSaid(NAME), by=anton).id
    page.set_viewport_size({"width": width, "height": 720})
    sign_in_page(page, live_server, anton)
    wide = []
    for path in ("routing", "groups", f"groups/{made}", "types", f"types/{kind}"):
        page.goto(f"/admin/{path}")
        if page.evaluate(WIDER):
            wide.append(path)
    assert wide == []
