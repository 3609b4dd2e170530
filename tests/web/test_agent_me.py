"""Own settings, presence, and the palette."""

from core import bus, security
from core.db import db
from desk import tickets
from models import Case, Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import PASSWORD, sign_in
from tests.support.tickets import opened

LOOK, SECRET = 'form[action="/agent/me"]', 'form[action="/agent/me/password"]'


def staff(person: Staff) -> Staff:
    return db.session.get_one(Staff, person.id)


def test_language_and_theme_hold_at_once(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    client.submit("/agent/me", LOOK, locale="en", theme="dark", shortcuts=[])
    page = client.soup("/agent/me")
    assert page.html["lang"] == "en"
    assert page.html["data-theme"] == "dark"
    assert page.html["data-keys"] == "off"
    assert page.select_one("h1").get_text() == "My settings"
    assert not staff(masha).shortcuts


def test_nonsense_is_refused(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    for wrong in ({"locale": "xx"}, {"theme": "pink"}):
        refused = client.submit("/agent/me", LOOK, **wrong)
        assert refused.status_code == 422
        assert parsed(refused).select_one("[data-error-summary]")


def test_a_new_password_needs_the_present_one(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    wrong = client.submit("/agent/me", SECRET, present="не он", password="long enough now")
    short = client.submit("/agent/me", SECRET, present=PASSWORD, password="короче")
    assert wrong.status_code == short.status_code == 422
    done = client.submit("/agent/me", SECRET, present=PASSWORD, password="long enough now")
    assert done.status_code == 303
    assert client.get("/agent/me").status_code == 200, "this device stays signed in"
    assert security.is_password(staff(masha).password_hash, "long enough now")


def test_presence_is_seen_by_others(client: Browser, masha: Staff, sergey: Staff) -> None:
    sign_in(client, masha)
    form = client.soup("/agent/inbox/all").select_one('form[action="/agent/me/presence"]')
    back = client.send(form, "/agent/inbox/all", presence="away")
    assert back.location == "/agent/inbox/all"
    assert staff(masha).presence == "away"
    assert client.send(form, "/agent/inbox/all", presence="away").status_code == 303
    fresh = client.soup("/agent/").select_one('form[action="/agent/me/presence"]')
    assert client.send(fresh, "/agent/", presence="asleep").status_code == 422


def test_the_palette_knows_both_languages(client: Browser, masha: Staff, ivan: Client) -> None:
    ticket = opened(ivan)
    sign_in(client, masha)
    wanted = {
        "решен": "Статус: Решено",
        "solved": "Статус: Решено",
        "срочный": "Приоритет: Срочный",
        "urgent": "Приоритет: Срочный",
        "маша": "Назначить: Маша",
        "mine": "Мои",
        "новое обращение": "Новое обращение",
        str(ticket.id): f"{ticket.id} Терминал не печатает чек",
    }
    for query, label in wanted.items():
        page = client.soup(f"/agent/palette?q={query}&case={ticket.id}")
        labels = [
            each.get_text().strip() for each in page.select("[role=option] > .cut:first-of-type")
        ]
        assert label in labels, query


def test_the_palette_acts(client: Browser, masha: Staff, ivan: Client) -> None:
    ticket = opened(ivan)
    sign_in(client, masha)
    page = client.soup(f"/agent/palette?q=решено&case={ticket.id}")
    form = page.select_one(f'form[action="/agent/t/{ticket.id}/status"]')
    seen = client.soup(f"/agent/t/{ticket.id}").select_one("#seen")["value"]
    sent = client.post(form["action"], data={**filled(form), "seen": seen})  # as scripts send it
    assert sent.status_code == 303
    assert db.session.get_one(Case, ticket.id).is_solved
    with bus.unit_of_work():
        tickets.reopen(db.session.get_one(Case, ticket.id))
    piece = client.get("/agent/palette?q=мои", headers={"HX-Request": "true"})
    assert "<html" not in piece.get_data(as_text=True)
    assert client.get("/agent/palette?q=a&case=99999").status_code == 404
