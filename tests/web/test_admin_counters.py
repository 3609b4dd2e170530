"""The pages of counters as Anton uses them without JavaScript, and what others may see."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import counters_report, deadlines, tickets
from desk.tickets import NewTicket
from models import (
    Calendar,
    Client,
    Counter,
    CounterPolicy,
    CounterPolicyVersion,
    Staff,
    Status,
)
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.editors import editor
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import without_rules

LIST = "/admin/counters"
NOTE = [{"do": "add_note", "text": "Пора"}]
NAUGHTY = "<script>alert(1)</script> ' OR 1=1 -- \u202e {{ 7*7 }} ﷽"
SEEN = " ".join(NAUGHTY.replace("\u202e", "").split())  # what turns letters around is left out


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def policy(by: Staff, name: str = "Без ответа", limit: int = 15, **more: Any) -> int:
    with bus.unit_of_work():
        row = CounterPolicy(kind=more.get("kind", "no_answer"))
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            conditions=more.get("conditions", {}),
            pause_statuses=more.get("pause", []),
            limit_minutes=limit,
            steps=[{"after": limit, "then": NOTE}],
        )
        deadlines.save_policy(row, version, by=by, names={"ru": name, "en": ""})
        return row.id


def open_one(requester: Client, subject: str = "Терминал молчит") -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket(subject, "Текст"), requester=requester).number


def test_list_says_each_counter_and_what_it_did(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    waiting = db.session.query(Status).filter_by(key="waiting").one().id
    number = policy(anton, limit=90, pause=[waiting])
    open_one(ivan)
    clock.advance(hours=2)
    deadlines.fire_due()
    soup = admin.soup(LIST)
    assert words(soup, ".rule > div .say-rule") == (
        "Если за 1 ч 30 мин рабочего времени обращение никто не взял в работу, по календарю "
        "«Рабочие дни», кроме времени в статусе Ждём клиента"
    )
    assert words(soup, ".steps-said") == "в срок заметка «Пора»"
    assert words(soup, ".count-col") == "идёт: 1, просрочено: 1 1 срабатывание за 7 дней"
    soup = admin.soup(f"{LIST}/{number}?tab=fired")
    fired = words(soup, ".fired tbody tr")
    assert fired.startswith("1001 Терминал молчит 1 10:30:00 11:00:00 30 мин Добавить заметку")


def test_switch_order_and_retry(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, other = policy(anton, "Первый"), policy(anton, "Второй")
    open_one(ivan)
    clock.advance(minutes=15)
    with monkeypatch.context() as patched:
        patched.setattr(deadlines.fire, "_record", lambda *given: 1 / 0)
        deadlines.fire_due()
    soup = admin.soup(LIST)
    assert "ZeroDivisionError" in words(soup, ".failing")
    admin.submit(LIST, ".failing form")
    assert deadlines.fire_due() == 1
    assert not admin.soup(LIST).select(".failing")
    admin.post(f"{LIST}/{other}/move", data={**form_of(admin, other, "move"), "to": "up"})
    assert [str(row["id"]) for row in admin.soup(LIST).select(".rule")] == [
        f"counter-{other}",
        f"counter-{number}",
    ]
    assert running() == [other]
    for off, left in ((other, [number]), (number, [])):
        admin.submit(f"{LIST}/{off}/off", state="off")
        assert running() == left
    soup = admin.soup(LIST)
    assert words(soup, f"#counter-{number} .badge") == "выключен"


def test_those_that_are_off_stand_last_and_are_passed_over(admin: Browser, anton: Staff) -> None:
    first, off, third = (policy(anton, name) for name in ("Раз", "Два", "Три"))
    admin.post(f"{LIST}/{off}/state", data={**form_of(admin, off, "state"), "state": "off"})
    rows = admin.soup(LIST).select(".rule")
    assert [str(row["id"]) for row in rows] == [f"counter-{n}" for n in (first, third, off)]
    assert [one.get_text(strip=True) for one in rows[2].select(".badge, .num")] == ["", "выключен"]
    admin.post(f"{LIST}/{third}/move", data={**form_of(admin, third, "move"), "to": "up"})
    order = [row.id for row, _version in counters_report.policies()]
    assert order == [third, off, first], "switched on again it is where it was"


def running() -> list[int]:
    """Policies of the clocks that go."""
    db.session.expire_all()
    query = db.session.query(Counter.policy_id).filter(Counter.state != "stopped")
    return [row.policy_id for row in query]


def form_of(admin: Browser, number: int, verb: str) -> dict[str, Any]:
    form = admin.soup(LIST).select_one(f'form[action="{LIST}/{number}/{verb}"]')
    assert form is not None
    return filled(form)


def test_agents_read_and_only_administrators_change(
    client: Browser, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = policy(anton)
    values = editor(sign_in(client, anton).soup(f"{LIST}/{number}/edit"))
    sign_in(client, masha)
    soup = client.soup(LIST)
    assert not soup.select("a[href$='/edit'], a[href$='/new'], .rule-move")
    assert client.get(f"{LIST}/{number}").status_code == 200
    assert client.get(f"{LIST}/{number}/edit").status_code == 403
    assert client.get(f"{LIST}/new").status_code == 403
    values["csrf_token"] = str(soup.select("[name=csrf_token]")[0]["value"])
    for path in ("new", "draw", f"{number}/edit", f"{number}/state", f"{number}/move"):
        assert client.post(f"{LIST}/{path}", data=values).status_code == 403, path
    sign_in(client, ivan)
    for path in (LIST, f"{LIST}/{number}", "/admin/", "/admin/calendars"):
        assert client.get(path).status_code == 403, path
    with client.session_transaction() as session:
        session.clear()
    assert client.get(LIST).location.startswith("/signin?next=")


def test_unknown_counters(admin: Browser) -> None:
    for path in ("999", "99999999999", "999/edit", "999?tab=versions"):
        assert admin.get(f"{LIST}/{path}").status_code == 404
    assert admin.get(f"{LIST}/draw").status_code == 303
    assert admin.get("/admin/timers").location == LIST


def test_htmx_gets_the_parts(admin: Browser, anton: Staff) -> None:
    number = policy(anton)
    values = editor(admin.soup(f"{LIST}/{number}/edit"))
    answer = admin.post(
        f"{LIST}/draw", data={**values, "do": "add-step"}, headers={"HX-Request": "true"}
    )
    soup = parsed(answer)
    assert not soup.select("html, main")
    assert [str(each["id"]) for each in soup.find_all(recursive=False) if each.get("id")] == [
        "parts",
        "sentence",
        "panel",
    ]
    assert len(soup.select(".count-step")) == 2
