"""Every page against WCAG 2.2, levels A and AA, by axe; nothing is said in the console."""

from importlib import resources
from typing import Any

import pytest

from core import bus
from core.db import db
from desk import jobs, tickets
from desk.automation import library
from desk.automation.replay.asked import ask
from models import Calendar, Case, Client, OutboxItem, Rule, Staff
from tests.support.browser import scripts_run
from tests.support.counters import given_counter
from tests.support.faq import answer
from tests.support.people import sign_in_page
from tests.support.rules import do
from tests.support.server import LiveServer
from tests.support.tickets import opened

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RUN = """async (theme) => {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = theme === "dark" ? ["color-contrast"] : { type: "tag", values };
  const found = await axe.run(document, { runOnly });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
PUBLIC = (
    *("/ru/", "/ru/search?q=адрес", "/ru/search?q=qqqqzz", "/ru/c/delivery", "/ru/a/{article}"),
    *("/ru/contact", "/signin", "/signin?next=/agent/", "/ru/nowhere"),
)
CLIENT = ("/me/requests", "/me/requests/{case}")
WORKSPACE = (
    *("/agent/inbox/all", "/agent/inbox/mine", "/agent/t/{case}?view=all", "/agent/t/{case}/why"),
    *("/agent/t/{case}?tab=fields", "/agent/t/{case}?tab=history&compose=note", "/agent/new"),
    *("/agent/search?q=zzzz", "/agent/me", "/agent/kb", "/agent/kb/{article}", "/agent/kb/new"),
    *("/agent/notices", "/agent/notices?show=unread", "/agent/me/notices"),
)
ADMIN = (
    *("/agent/kb/gaps", "/agent/kb/wordings", "/agent/kb/sections", "/agent/kb/sections/new"),
    *(
        "/agent/kb/announcements",
        "/agent/kb/announcements/new",
        "/agent/kb/files",
        "/agent/kb/numbers",
    ),
    *("/admin/", "/admin/triggers", "/admin/triggers/{rule}", "/admin/triggers/new"),
    *("/admin/triggers/{rule}?tab=runs", "/admin/triggers/{rule}?tab=versions"),
    *("/admin/triggers/gallery", "/admin/triggers/new?template=delay", "/admin/triggers/file"),
    *("/admin/triggers/runs", "/admin/triggers/changes", "/admin/triggers/{rule}/compare"),
    *("/agent/soon", "/admin/counters/{counter}?tab=fired"),
    *("/admin/counters", "/admin/counters/{counter}", "/admin/counters/{counter}/edit"),
    *("/admin/counters/new", "/admin/calendars", "/admin/calendars/{calendar}"),
    *("/admin/calendars/new", "/admin/outgoing", "/admin/outgoing/{mail}", "/admin/settings"),
    *("/admin/synonyms", "/admin/synonyms/new", "/admin/notices", "/admin/notices/{staff}"),
    *("/admin/letters", "/admin/letters/created", "/admin/letters/digest"),
    *("/admin/routing", "/admin/groups", "/admin/groups/1", "/admin/types", "/admin/types/1"),
    *(
        "/admin/triggers/replays",
        "/admin/triggers/replays/{replay}",
        "/admin/triggers/{rule}?tab=count",
    ),
)
AREAS = {
    "public": (None, PUBLIC),
    "client": ("ivan", CLIENT),
    "workspace": ("masha", WORKSPACE),
    "admin": ("anton", ADMIN),
}
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}


@pytest.fixture
def places(ivan: Client, masha: Staff, anton: Staff) -> dict[str, int]:
    """Numbers of things to look at: a ticket with something of everything, and what made it so."""
    article = answer("Как изменить адрес доставки")
    step = (15, [{"do": "add_note", "text": "Пора"}])
    counter = given_counter("Без ответа", anton, step, limit=15)
    number = opened(ivan).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.assign(case, masha, by=masha)
        tickets.add_note(case, "Ждём деталь", by=masha)
        tickets.reply(case, "Смотрим", by=masha)
        tickets.set_priority(case, 4, by=masha)
    rule, mail = (
        db.session.query(Rule).order_by(Rule.id).first(),
        db.session.query(OutboxItem).order_by(OutboxItem.id).first(),
    )
    calendar = db.session.query(Calendar).one()
    assert rule
    assert mail
    with bus.unit_of_work():
        last = {**library.version_of(rule).definition, "then": [do("set_priority", 1)]}
        replay = ask(last, rule_id=rule.id, name="Повтор", days=30, zone="UTC", by=anton).id
    jobs.run_next()
    return {
        "replay": replay,
        "article": article,
        "counter": counter,
        "case": number,
        "staff": masha.id,
        "rule": rule.id,
        "mail": mail.id,
        "calendar": calendar.id,
    }


def looked_at(page: Any, theme: str = "light") -> list[str]:
    """What is wrong; in the dark only colours can be, beyond what is so in the light."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, theme)
    return found


def walk(page: Any, paths: tuple[str, ...], places: dict[str, int], theme: str) -> None:
    wrong: dict[str, list[str]] = {}
    for path in paths:
        page.goto(path.format_map(places))
        wrong[path] = looked_at(page, theme)
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("area", AREAS.values(), ids=AREAS)
def test_pages_are_for_everybody(
    page: Any,
    live_server: LiveServer,
    places: dict[str, int],
    request: pytest.FixtureRequest,
    area: tuple[str | None, tuple[str, ...]],
    theme: str,
) -> None:
    who, paths = area
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    if who:
        sign_in_page(page, live_server, request.getfixturevalue(who))
    page.set_viewport_size(WIDE)
    walk(page, paths, places, theme)
    page.set_viewport_size(PHONE)
    walk(page, paths[:4], places, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_opens_over_a_page_too(
    page: Any, live_server: LiveServer, places: dict[str, int], masha: Staff, theme: str
) -> None:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    sign_in_page(page, live_server, masha).goto("/agent/t/{case}?view=all".format_map(places))
    scripts_run(page)
    for key, shown in (
        ("?", "dialog#keys[open]"),
        ("Control+k", "dialog#palette[open] [role=option]"),
        ("a", ".pop[open] .menu"),
        ("s", ".pop[open] .menu"),
    ):
        page.keyboard.press(key)
        page.wait_for_selector(shown)
        assert looked_at(page, theme) == [], key
        page.keyboard.press("Escape")
    page.evaluate("Liniya.toast('Не вышло', { kind: 'error' })")
    assert looked_at(page, theme) == []


def test_a_refused_form_too(page: Any, live_server: LiveServer, anton: Staff) -> None:
    sign_in_page(page, live_server, anton)
    for path, button in (
        ("/ru/contact", "main form button.btn-primary"),
        ("/agent/new", "main form button.btn-primary"),
        ("/admin/counters/new", ".ed-foot .btn-primary"),
        ("/admin/triggers/new", ".ed-foot .btn-primary"),
    ):
        page.goto(path)
        page.click(button)
        page.wait_for_selector("[data-error-summary], .errors")
        assert looked_at(page) == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_notices_too(
    page: Any,
    live_server: LiveServer,
    places: dict[str, int],
    masha: Staff,
    olga: Staff,
    theme: str,
) -> None:
    with bus.unit_of_work():
        case = db.session.get_one(Case, places["case"])
        tickets.add_note(case, "@Маша, взгляни", by=db.session.get_one(Staff, olga.id))
        tickets.client_reply(case, "Ау", by=case.requester)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    sign_in_page(page, live_server, masha)
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        page.goto("/agent/notices")
        page.wait_for_selector(".told-new")
        assert looked_at(page, theme) == []
        page.goto("/agent/me/notices")
        assert looked_at(page, theme) == []
    page.set_viewport_size(WIDE)
    page.goto("/agent/t/{case}?compose=note".format_map(places))
    scripts_run(page)
    page.click("#note-text")
    page.keyboard.type("@")
    page.wait_for_selector(".mention-list [role=option]")
    assert looked_at(page, theme) == []
