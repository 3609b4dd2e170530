"""The board of the queue: places, reasons, moving, who may; trying; the reason on the ticket."""

import pytest

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, EventRecord, Presence, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.routing import agent, arrives, hands_out, holder, queued


@pytest.fixture
def waiting(ivan: Client) -> int:
    """One that waits: everybody is off."""
    agent("Маша", presence=Presence.OFF)
    return arrives(ivan, hands_out())


def test_it_says_who_waits_and_why(client: Browser, waiting: int, olga: Staff) -> None:
    page = sign_in(client, olga).soup("/agent/queue")
    row = page.select_one(".q-row")
    assert row is not None
    assert row.select_one(".place").get_text() == "1"  # type: ignore[union-attr]
    assert "Маша: не в сети" in row.get_text()
    assert f"/agent/t/{waiting}" in str(row)


def test_a_head_moves_it_to_a_person_or_a_group(
    client: Browser, waiting: int, olga: Staff, sergey: Staff
) -> None:
    browser = sign_in(client, olga)
    form = browser.soup("/agent/queue").select_one(f'form[action="/agent/queue/{waiting}/move"]')
    assert form is not None
    answer = browser.send(form, "/agent/queue", assignee=str(sergey.id))
    assert answer.status_code == 303
    assert (holder(waiting), queued()) == ("Сергей", [])
    event = db.session.query(EventRecord).filter_by(kind="assignee_changed").one()
    assert event.actor_id == olga.id


def test_somebody_was_quicker(client: Browser, waiting: int, olga: Staff, sergey: Staff) -> None:
    browser = sign_in(client, olga)
    form = browser.soup("/agent/queue").select_one(f'form[action="/agent/queue/{waiting}/move"]')
    with bus.unit_of_work():
        person = db.session.get_one(Staff, sergey.id)
        tickets.assign(db.session.get_one(Case, waiting), person, by=person)
    answer = browser.send(form, "/agent/queue", assignee=str(olga.id))
    assert answer.status_code == 409
    assert "Уже взято: Сергей" in answer.get_data(as_text=True)
    assert holder(waiting) == "Сергей"


def test_an_agent_sees_it_and_moves_nothing(client: Browser, waiting: int, sergey: Staff) -> None:
    browser = sign_in(client, sergey)
    page = browser.soup("/agent/queue")
    assert page.select_one(".q-row") is not None
    assert page.select_one('form[action$="/move"]') is None
    token = browser.soup("/agent/queue").select_one("meta[name=csrf]")
    assert token is not None
    csrf = {"X-CSRFToken": str(token["content"])}
    answer = browser.post(
        f"/agent/queue/{waiting}/move",
        data={"assignee": str(sergey.id), "form_key": "k" * 20},
        headers=csrf,
    )
    assert answer.status_code == 403
    assert holder(waiting) is None


@pytest.mark.parametrize("given", [{}, {"assignee": "9" * 12}, {"assignee": "x"}, {"group": "77"}])
def test_nonsense_is_refused(
    client: Browser, waiting: int, olga: Staff, given: dict[str, str]
) -> None:
    browser = sign_in(client, olga)
    form = browser.soup("/agent/queue").select_one(f'form[action="/agent/queue/{waiting}/move"]')
    assert form is not None
    assert browser.send(form, "/agent/queue", **given).status_code == 422
    assert queued() == [waiting]


def test_nobody_waits(client: Browser, ivan: Client, masha: Staff) -> None:
    page = sign_in(client, masha).soup("/agent/queue")
    assert "Ни одна группа не раздаёт работу" in page.get_text()
    hands_out(group="first")
    assert "Никто не ждёт" in client.soup("/agent/queue").get_text()


def test_hand_out_now(client: Browser, waiting: int, olga: Staff) -> None:
    browser = sign_in(client, olga)
    agent("Антон")
    answer = browser.submit("/agent/queue", form='form[action="/agent/queue/hand-out"]')
    assert answer.status_code == 303
    assert holder(waiting) == "Антон"


def test_the_ticket_says_who_got_it_and_why(client: Browser, ivan: Client, masha: Staff) -> None:
    agent("Зоя", presence=Presence.AWAY)
    agent("Антон")
    number = arrives(ivan, hands_out())
    browser = sign_in(client, masha)
    assert "Диспетчер" in browser.soup(f"/agent/t/{number}").get_text()
    assert "загрузка 0 из 2" in browser.soup(f"/agent/t/{number}").get_text()
    why = browser.soup(f"/agent/t/{number}/why").select_one(".dispatched")
    assert why is not None
    assert "Антон: загрузка 0 из 2" in why.get_text()
    assert "нет на месте" in why.get_text()


def test_trying(client: Browser, waiting: int, masha: Staff) -> None:
    browser = sign_in(client, masha)
    page = browser.soup(f"/agent/queue/try?number={waiting}&at=2026-03-02T12:00")
    assert "Маша" in page.select_one("#outcome h2").get_text()  # type: ignore[union-attr]
    page = browser.soup(f"/agent/queue/try?number={waiting}&at=2026-03-02T12:00&presence=now")
    assert "Никому: будет ждать" in page.select_one("#outcome").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("number=abc&at=2026-03-02T12:00", 422, "состоит из цифр"),
        ("number=999999&at=2026-03-02T12:00", 404, ""),
        ("number=&at=2026-03-02T12:00", 422, "выберите группу"),
        ("number=1001&at=вчера", 422, "Укажите день и час"),
        ("group=9999999999&at=2026-03-02T12:00", 422, "выберите группу"),
    ],
)
def test_what_can_not_be_tried(
    client: Browser, masha: Staff, asked: str, status: int, said: str
) -> None:
    answer = sign_in(client, masha).get(f"/agent/queue/try?{asked}")
    assert answer.status_code == status
    assert said in answer.get_data(as_text=True)
