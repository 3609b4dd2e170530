"""The rail: the way to administration, and how loaded one is."""

import pytest

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.tickets import opened

pytestmark = pytest.mark.one_database

ADMIN = '.rail a[href="/admin/"]'


def test_administration_is_a_place_for_those_who_may(
    client: Browser, masha: Staff, olga: Staff
) -> None:
    assert not sign_in(client, masha).soup("/agent/inbox/all").select(ADMIN)
    (way,) = sign_in(client, olga).soup("/agent/inbox/all").select(ADMIN)
    assert "aria-current" not in way.attrs
    index = client.soup("/admin/")
    (here,) = index.select(".rail [aria-current=page]")
    assert here["href"] == "/admin/"
    listed = {str(link["href"]) for link in index.select(".places a")}
    assert {"/admin/triggers", "/admin/counters", "/admin/calendars", "/admin/outgoing"} <= listed


@pytest.mark.parametrize(
    ("taken", "said", "drawn"),
    [
        (1, "занято 1 из 2", ["slot-on"]),
        (2, "занято 2 из 2", ["slot-full", "slot-full"]),
        (3, "3 при лимите 2", ["slot-over", "slot-over"]),
    ],
)
def test_how_loaded_one_is(
    client: Browser, masha: Staff, ivan: Client, taken: int, said: str, drawn: list[str]
) -> None:
    numbers = [opened(ivan, f"Дело {n}").id for n in range(taken)]
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).ticket_limit = 2
        for number in numbers:
            tickets.assign(db.session.get_one(Case, number), masha, by=masha)
    load = sign_in(client, masha).soup("/agent/inbox/all").select_one(".me-load")
    assert load is not None
    assert load.get_text().strip() == said
    shown = [each["class"][1] for each in load.select(".slot") if len(each["class"]) > 1]
    assert shown == drawn
