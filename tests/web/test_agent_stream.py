"""The event stream and its hub: who hears what, replay, places, the end of a session."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from blueprints.agent.hub import EACH, Hub
from core import bus
from core.db import db
from desk import catalog, drafts, live, tickets
from desk.tickets import NewTicket
from models import Case, Client, Direction, Staff
from tests.support.client import Client as Browser
from tests.support.people import hire, session_cookie, sign_in
from tests.support.server import LiveServer
from tests.support.tickets import opened

PATIENCE = 5.0  # s


@contextmanager
def listening(server: LiveServer, who: Staff, after: int) -> Iterator[Any]:
    request = Request(f"{server.url}/agent/stream?after={after}")
    request.add_header("Cookie", session_cookie(server.app, who))
    with urlopen(request, timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        yield answer


def next_change(stream: Any) -> dict[str, Any]:
    while True:
        line = stream.readline().decode()
        if line.startswith("data: "):
            found: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return found


def head() -> int:
    db.session.rollback()
    return live.head()


def test_a_change_comes_and_what_was_missed_too(
    live_server: LiveServer, masha: Staff, ivan: Client
) -> None:
    before = head()
    first = opened(ivan, "Пропущенное").id
    with listening(live_server, masha, before) as stream:
        missed = next_change(stream)
        second = opened(ivan, "Новое").id
        fresh = next_change(stream)
    assert (missed["case"], fresh["case"]) == (first, second)
    assert fresh["id"] > missed["id"]


def test_what_comes_while_the_first_stream_begins_is_not_lost(
    live_server: LiveServer, masha: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listener was slow to begin, and took what came meanwhile for known."""
    came: list[int] = []
    number, real = ivan.id, live.head

    def late_head() -> int:
        def arrive() -> None:
            with live_server.app.app_context(), bus.unit_of_work():
                requester = db.session.get_one(Client, number)
                new = NewTicket("Новое", "Не печатает")
                came.append(tickets.open_ticket(new, requester=requester).id)

        if not came:
            arriving = threading.Thread(target=arrive)
            arriving.start()
            arriving.join()
        return real()

    before = head()
    monkeypatch.setattr(live, "head", late_head)
    with listening(live_server, masha, before) as stream:
        assert next_change(stream)["case"] == came[0]


def test_one_hears_only_of_own_directions(live_server: LiveServer, ivan: Client) -> None:
    with bus.unit_of_work():
        crimea = Direction(key="crimea", name_ru="Крым", name_en="Crimea")
        db.session.add(crimea)
        catalog.changed()
        main = catalog.catalog().by_key("directions", "main")
    confined = hire("Артём", "artem@kurier.example", directions=[crimea])
    with listening(live_server, confined, head()) as stream:
        opened(ivan, "Чужое", direction_id=main.id)
        own = opened(ivan, "Своё", direction_id=crimea.id).id
        assert next_change(stream)["case"] == own


def test_one_hears_that_a_colleague_begins_and_ceases_to_write(
    live_server: LiveServer, masha: Staff, sergey: Staff, ivan: Client
) -> None:
    number = opened(ivan).id
    with listening(live_server, masha, head()) as stream:
        for writer, text in (
            (masha, "Своё"),
            (sergey, "Здравс"),
            (sergey, "Здравствуйте"),
            (sergey, ""),
        ):
            with bus.unit_of_work():
                drafts.save(db.session.get_one(Case, number), writer, "reply", text)
            if writer is sergey and text != "Здравствуйте":
                assert next_change(stream) == {"case": number}


def test_who_joins_later_hears_of_those_who_write_already(
    live_server: LiveServer, masha: Staff, sergey: Staff, anton: Staff, ivan: Client
) -> None:
    """Their page was drawn before the colleague began, their stream came after it was told."""
    number = opened(ivan).id
    with listening(live_server, anton, head()) as standing:
        with bus.unit_of_work():
            drafts.save(db.session.get_one(Case, number), sergey, "reply", "Здравствуйте")
        assert next_change(standing) == {"case": number}
        with listening(live_server, masha, head()) as stream:
            assert next_change(stream) == {"case": number}


def test_a_stream_ends_with_the_session(
    live_server: LiveServer, masha: Staff, ivan: Client
) -> None:
    with listening(live_server, masha, head()) as stream:
        with bus.unit_of_work():
            db.session.get_one(Staff, masha.id).session_key = "another"
        opened(ivan)
        assert not [line for line in stream.readlines() if line.startswith(b"data")]


def test_pages_always_find_a_thread(app: Flask, masha: Staff) -> None:
    hub = Hub(app, most=EACH + 1)
    places = [hub.join(masha.id, masha.session_key) for _ in range(EACH + 1)]
    assert places[-1] is None
    others = [hub.join(masha.id + n, "key") for n in (1, 2)]
    assert [other is None for other in others] == [False, True]
    hub.close()
    assert all(place.changes.get(timeout=PATIENCE) is None for place in places[:-1])


def test_a_reader_that_sleeps_is_sent_away(app: Flask, masha: Staff, ivan: Client) -> None:
    hub = Hub(app, most=2)
    place = hub.join(masha.id, masha.session_key)
    change = live.Change(1, "x", 1, 1, None, None)
    for _ in range(600):
        place.put(change)
    assert place.changes.qsize() < 500
    hub.close()


def test_the_listener_sleeps_when_nobody_listens(app: Flask, masha: Staff) -> None:
    hub = Hub(app, most=2)
    place = hub.join(masha.id, masha.session_key)
    thread = hub._thread
    hub.leave(place)
    until(lambda: not thread.is_alive())
    assert hub._thread is None
    again = hub.join(masha.id, masha.session_key)
    assert hub._thread is not None
    hub.leave(again)
    hub.close()


def test_polling_tells_the_same(client: Browser, masha: Staff, ivan: Client) -> None:
    before = head()
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 3, by=masha)
    answer = sign_in(client, masha).get(f"/agent/poll?after={before}").json
    kinds = [event["kind"] for event in answer["events"]]
    assert kinds[0] == "ticket_created"
    assert "priority_changed" in kinds


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.one_database
def test_a_full_house_is_said(app: Flask, client: Browser, masha: Staff) -> None:
    hub = app.extensions["hub"]
    places = [hub.join(masha.id, masha.session_key) for _ in range(EACH)]
    refused = sign_in(client, masha).get("/agent/stream?after=0")
    hub.close()
    assert all(places)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "60"
