"""The board of the team: load in words, limits and presence in place, who may."""

import pytest

from core.db import db
from models import Client, EventRecord, Presence, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.routing import agent, arrives, hands_out, holder, queued


def row_of(page: object, name: str) -> str:
    rows = page.select("#team tbody tr")  # type: ignore[attr-defined]
    return next(" ".join(row.get_text().split()) for row in rows if name in row.get_text())


def test_load_is_told_in_words(client: Browser, ivan: Client, olga: Staff) -> None:
    agent("Маша")
    group = hands_out()
    arrives(ivan, group)
    page = sign_in(client, olga).soup("/agent/team")
    said = row_of(page, "Маша")
    assert "1 из 2" in said
    assert "На месте" in said
    assert "следующий: Поддержка" in said


def test_a_head_changes_a_limit_in_place_and_work_follows(
    client: Browser, ivan: Client, olga: Staff
) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    arrives(ivan, group)
    second = arrives(ivan, group)
    assert queued() == [second]
    form = f'form[action="/agent/team/{masha.id}/limits"]'
    answer = sign_in(client, olga).submit("/agent/team", form=form, ticket="2")
    assert answer.status_code == 303
    assert (holder(second), queued()) == ("Маша", [])
    (event,) = db.session.query(EventRecord).filter_by(kind="settings_changed", actor_id=olga.id)
    assert (event.data["what"], event.data["before"], event.data["after"]) == (
        "ticket_limit",
        None,
        2,
    )


@pytest.mark.parametrize("given", ["100", "-1", "много", "1.5"])
def test_a_limit_that_can_not_be(client: Browser, olga: Staff, given: str) -> None:
    masha = agent("Маша")
    form = f'form[action="/agent/team/{masha.id}/limits"]'
    answer = sign_in(client, olga).submit("/agent/team", form=form, ticket=given)
    assert answer.status_code == 422
    assert "лимит" in answer.get_data(as_text=True).lower()
    assert db.session.get_one(Staff, masha.id, populate_existing=True).ticket_limit is None


def test_a_head_says_who_is_off(client: Browser, ivan: Client, olga: Staff) -> None:
    masha = agent("Маша")
    group = hands_out()
    form = f'form[action="/agent/team/{masha.id}/presence"]'
    answer = sign_in(client, olga).submit("/agent/team", form=form, presence="off")
    assert answer.status_code == 303
    assert db.session.get_one(Staff, masha.id, populate_existing=True).presence == Presence.OFF
    assert holder(arrives(ivan, group)) is None


def test_an_agent_looks_and_changes_nothing(client: Browser, masha: Staff) -> None:
    browser = sign_in(client, masha)
    page = browser.soup("/agent/team")
    assert not page.select('form[action$="/limits"]')
    token = page.select_one("meta[name=csrf]")
    assert token is not None
    for what, given in (("limits", {"ticket": "9"}), ("presence", {"presence": "off"})):
        answer = browser.post(
            f"/agent/team/{masha.id}/{what}",
            data={**given, "form_key": what * 4},
            headers={"X-CSRFToken": str(token["content"])},
        )
        assert answer.status_code == 403
    assert db.session.get_one(Staff, masha.id, populate_existing=True).ticket_limit is None
