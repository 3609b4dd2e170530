"""Taking the next one, giving back, and who comes second."""

import contextvars
from threading import Barrier, Thread

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, EventRecord, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled
from tests.support.people import sign_in
from tests.support.routing import agent, arrives, hands_out, holder, queued
from tests.support.tickets import opened

NEXT = 'form[action="/agent/next"]'


def press_next(browser: Browser) -> str:
    """Where it leads."""
    return browser.submit("/agent/inbox/mine", form=NEXT).headers["Location"].partition("?")[0]


def test_the_next_is_the_most_urgent_of_my_groups(client: Browser, ivan: Client) -> None:
    masha = agent("Маша", presence="off", ticket_limit=0)
    group = hands_out("")
    old, urgent = arrives(ivan, group), arrives(ivan, group)
    with bus.unit_of_work():
        opened(ivan)  # in no group
        tickets.set_priority(db.session.get_one(Case, urgent), 4, by=masha)
    browser = sign_in(client, masha)
    assert press_next(browser) == f"/agent/t/{urgent}"
    assert press_next(browser) == f"/agent/t/{old}"
    assert press_next(browser) == "/agent/inbox/mine"
    assert "В ваших группах никто не ждёт" in browser.soup("/agent/inbox/mine").get_text()
    assert [holder(each) for each in (old, urgent)] == ["Маша", "Маша"]


def test_what_one_gave_back_comes_last_and_wraps(client: Browser, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out("")
    first, second = arrives(ivan, group), arrives(ivan, group)
    browser = sign_in(client, masha)
    assert press_next(browser) == f"/agent/t/{first}"
    url = f"/agent/t/{first}"
    form = f'form[action^="{url}/release"]'
    assert browser.submit(url, form=form, reason="не моё").status_code == 303
    assert holder(first) is None
    event = db.session.query(EventRecord).filter_by(kind="assignee_changed", case_id=first)
    assert event.order_by(EventRecord.id.desc()).first().data["reason"] == "не моё"
    assert press_next(browser) == f"/agent/t/{second}"
    assert press_next(browser) == f"/agent/t/{first}"


def test_what_is_given_back_goes_to_somebody_else(client: Browser, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out()
    number = arrives(ivan, group)
    browser = sign_in(client, masha)
    url = f"/agent/t/{number}"
    browser.submit(url, form=f'form[action^="{url}/release"]')
    assert (holder(number), queued()) == (None, [number])
    agent("Антон")
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 3, by=masha)
    assert holder(number) == "Антон"


def test_one_gives_back_only_what_one_has(client: Browser, ivan: Client) -> None:
    masha, anton = agent("Маша"), agent("Антон", presence="off")
    group = hands_out()
    number = arrives(ivan, group)
    url = f"/agent/t/{number}"
    values = filled(
        sign_in(client, masha).soup(url).select_one(f'form[action^="{url}/release"]')  # type: ignore[arg-type]
    )
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, number), db.session.get_one(Staff, anton.id))
    assert client.post(f"{url}/release", data=values).status_code == 422
    assert holder(number) == "Антон"


def test_the_next_asks_for_skills_and_rights(client: Browser, ivan: Client, anton: Staff) -> None:
    from tests.desk.test_routing_explained import skilled

    masha = agent("Маша", presence="off")
    group = hands_out("")
    kind = skilled(masha, 2)
    arrives(ivan, group, type_id=kind)
    assert press_next(sign_in(client, masha)) == "/agent/inbox/mine"
    able = agent("Зоя", presence="off")
    skilled(able, 5)
    assert press_next(sign_in(client, able)) != "/agent/inbox/mine"
    assert press_next(sign_in(client, anton)) == "/agent/inbox/mine"  # is in no group


@pytest.mark.parametrize("presses", [6])
def test_a23_two_who_press_at_once_never_get_the_same(
    app: Flask, ivan: Client, presses: int
) -> None:
    people = [agent(name, presence="off") for name in ("Маша", "Антон")]
    group = hands_out("")
    numbers = {arrives(ivan, group) for _ in range(2 * presses)}
    taken: dict[str, list[str]] = {person.name: [] for person in people}
    barrier = Barrier(2)

    def press(person: Staff, name: str) -> None:
        with app.app_context():
            browser = sign_in(Browser(app), person)
            barrier.wait()
            for _press in range(presses):
                taken[name].append(press_next(browser))

    threads = [
        Thread(target=contextvars.copy_context().run, args=(press, person, person.name))
        for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = taken.values()
    assert not set(first) & set(second)
    assert {*first, *second} == {f"/agent/t/{number}" for number in numbers}
