"""The bell, its page, the settings of what one is told, the defaults of administrators."""

from datetime import timedelta

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.notices import choices
from desk.notices.occasions import OCCASIONS
from models import Client, EventRecord, Notice, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.notices import told, waiting
from tests.support.people import sign_in, token_of
from tests.support.rules import case
from tests.support.statements import scans, statements
from tests.support.tickets import opened

MINE, PAGE = "/agent/me/notices", "/agent/notices"
FORM = f'form[action="{MINE}"]'


@pytest.fixture
def number(ivan: Client, masha: Staff, olga: Staff) -> int:
    """A ticket that Olga gave to Masha."""
    number = opened(ivan).id
    give(number, masha, olga)
    return number


def give(number: int, person: Staff, by: Staff) -> None:
    with bus.unit_of_work():
        who = db.session.get_one(Staff, person.id)
        tickets.assign(case(number), who, by=db.session.get_one(Staff, by.id))


def bell(client: Browser) -> str:
    found = client.soup("/agent/me").select_one("#bell-rail")
    assert found is not None
    return str(found["aria-label"])


def test_the_bell_counts(client: Browser, number: int, masha: Staff, olga: Staff) -> None:
    sign_in(client, masha)
    assert bell(client) == "Уведомления, непрочитанных: 1"
    piece = client.get(f"{PAGE}/bell?at=bar", headers={"HX-Request": "true"})
    assert parsed(piece).select_one("#bell-bar .bell-n").get_text() == "1"
    assert client.get(f"{PAGE}/bell").location == PAGE, "opened as a page"
    assert bell(sign_in(client, olga)) == "Уведомления"


def test_the_page_leads_to_the_ticket(client: Browser, number: int, masha: Staff) -> None:
    sign_in(client, masha)
    page = client.soup(PAGE)
    (line,) = page.select(".told-i")
    assert line.select_one("a")["href"] == f"/agent/t/{number}"
    assert "Не прочитано" in line.get_text()
    assert "Терминал не печатает чек" in line.get_text()


def test_read_and_unread(client: Browser, number: int, masha: Staff, ivan: Client) -> None:
    sign_in(client, masha)
    client.send(client.soup(PAGE).select_one(".told-i form"), PAGE, read="yes")
    assert bell(client) == "Уведомления"
    assert not client.soup(f"{PAGE}?show=unread").select(".told-i")
    client.send(client.soup(PAGE).select_one(".told-i form"), PAGE, read="no")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert bell(client).endswith(": 2")
    client.submit(PAGE, f'form[action="{PAGE}/read"]')
    assert bell(client) == "Уведомления"


def test_what_is_looked_at_is_read(
    client: Browser, number: int, masha: Staff, ivan: Client, olga: Staff
) -> None:
    other = opened(ivan).id
    give(other, masha, olga)
    sign_in(client, masha)
    token = token_of(client, PAGE)
    answer = client.post(f"{PAGE}/seen", data={"case": number, "csrf_token": token})
    assert answer.json == {"seen": 1}
    for nonsense in ("", "x", "99999999999"):
        answer = client.post(f"{PAGE}/seen", data={"case": nonsense, "csrf_token": token})
        assert answer.json == {"seen": 0}
    assert bell(client).endswith(": 1")


def test_notices_of_others_are_theirs(
    client: Browser, number: int, olga: Staff, masha: Staff
) -> None:
    row = db.session.query(Notice).one().id
    sign_in(client, olga)
    assert not client.soup(PAGE).select(".told-i")
    form = {"form_key": "k" * 20, "csrf_token": token_of(client, PAGE)}
    assert client.post(f"{PAGE}/{row}/read", data=form).status_code == 404
    assert client.post(f"{PAGE}/999/read", data={**form, "form_key": "l" * 20}).status_code == 404
    assert db.session.get_one(Notice, row).read_at is None


def test_the_page_has_more_pages(client: Browser, masha: Staff, clock: Frozen) -> None:
    with bus.unit_of_work():
        for n in range(60):
            row = Notice(staff_id=masha.id, occasion="rule_stopped", key=f"k{n}", at=clock.at)
            row.data = {"name": f"Правило {n}", "why": "", "rule": 1, "chain": [], "case": 1}
            db.session.add(row)
    sign_in(client, masha)
    client.soup(PAGE)  # names are in memory from here on
    with statements() as asked:
        first = client.soup(PAGE)
    assert len(asked) <= 6, asked
    assert not scans(asked)
    assert len(first.select(".told-i")) == 50
    older = first.select_one(".told-more a")["href"]
    assert len(client.soup(str(older)).select(".told-i")) == 10


def test_for_the_desktop(
    client: Browser, number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    sign_in(client, masha)
    address = f"{PAGE}/desktop"
    first = client.get(address).json
    assert first["notices"] == [], "what was before this browser was asked is old"
    clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    now = client.get(address, query_string={"after": first["now"]}).json
    (one,) = now["notices"]
    assert one["title"] == f"Клиент написал по № {number}"
    assert (one["body"], one["url"]) == ("Терминал не печатает чек", f"/agent/t/{number}")
    assert now["wait_ms"] is None
    assert client.get(address, query_string={"after": now["now"]}).json["notices"] == []
    for nonsense in ("gestern", "2026-03-02T09:00", "x" * 500):
        assert client.get(address, query_string={"after": nonsense}).json["notices"] == []


def test_polling_tells_of_notices(client: Browser, number: int, masha: Staff, olga: Staff) -> None:
    row = db.session.query(Notice).one().id
    sign_in(client, masha)
    with statements() as asked:
        assert client.get("/agent/poll?after=999999").json == {"events": [], "notice": row}
    assert len(asked) == 2, asked
    assert not scans(asked)


def test_names_while_typing(client: Browser, masha: Staff, sergey: Staff, olga: Staff) -> None:
    sign_in(client, masha)
    assert [one["name"] for one in client.get("/agent/colleagues?q=се").json] == ["Сергей"]
    everybody = [one["name"] for one in client.get("/agent/colleagues?q=").json]
    assert everybody == ["Ольга", "Сергей"], "nobody mentions oneself"
    sign_in(client, db.session.get_one(Staff, olga.id))
    assert client.get("/agent/colleagues?q=%00%25").json == []


def test_own_choice(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    page = client.soup(MINE)
    offered = [each for each in OCCASIONS.values() if not each.for_admins]
    assert len(offered) < len(OCCASIONS)
    rows = page.select(".matrix tbody tr")
    assert len(rows) == len(offered), "what is for administrators is not here"
    done = client.submit(
        MINE,
        FORM,
        **{"on.note": ["desktop"], "on.assigned": [], "digest": "daily", "digest_at": "10:30"},
        quiet="yes",
        days=["0", "4"],
        since="21:00",
        until="07:30",
        days_off=["5", "6"],
        late_breaks="yes",
    )
    assert done.location == f"{MINE}?saved=yes"
    with bus.unit_of_work(writes=False):
        choice = choices.choice_of(db.session.get_one(Staff, masha.id))
    assert (choice.of("note"), choice.of("assigned")) == ({"app", "desktop"}, set())
    assert (choice.digest, choice.digest_at, choice.quiet.since) == ("daily", "10:30", "21:00")
    assert (choice.quiet.days, choice.quiet.days_off) == ({0, 4}, {5, 6})
    assert choice.quiet.late_breaks
    again = client.soup(f"{MINE}?saved=yes")
    assert [box["value"] for box in again.select('input[name="on.note"][checked]')] == [
        "app",
        "desktop",
    ]
    assert db.session.query(EventRecord).filter_by(kind="settings_changed").count() == 1


def test_nonsense_keeps_what_was_chosen(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    refused = client.submit(
        MINE, FORM, **{"on.note": []}, quiet="yes", since="08:00", until="08:00"
    )
    assert refused.status_code == 422
    page = parsed(refused)
    assert page.select_one("title").get_text().startswith("Ошибка:")
    assert page.select_one("[data-error-summary] a")["href"] == "#until"
    assert page.select_one("#until")["aria-invalid"] == "true"
    assert not page.select('input[name="on.note"][checked]')
    odd = {"on.note": ["app", "pigeon"]}
    for wrong in ({"digest": "x"}, {"digest_at": "<b>"}, {"since": "", "quiet": "yes"}, odd):
        assert client.submit(MINE, FORM, **wrong).status_code == 422
    odd = {"on.note": ["app"], "days": ["9", "x"]}
    assert client.submit(MINE, FORM, **odd).status_code == 303
    with bus.unit_of_work(writes=False):
        choice = choices.choice_of(db.session.get_one(Staff, masha.id))
    assert choice.of("note") == {"app"}


def test_two_windows(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    old = client.soup(MINE).select_one(FORM)
    client.submit(MINE, FORM, digest="hourly")
    refused = client.send(old, MINE, digest="daily")
    assert refused.status_code == 409
    form = parsed(refused).select_one(FORM)
    assert form.select_one('input[name="digest"][checked]')["value"] == "daily"
    assert client.send(form, MINE).status_code == 303


def test_what_waits_goes_by_the_new_choice(
    client: Browser, number: int, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    sign_in(client, masha)
    client.submit(MINE, FORM, digest="daily", digest_at="23:00")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    (row,) = waiting(masha)
    assert row.due_at > clock.at + timedelta(hours=10)
    client.submit(MINE, FORM, digest="hourly")
    (row,) = waiting(masha)
    assert row.due_at == clock.at + timedelta(hours=1)


def test_administrators_set_the_defaults(
    client: Browser, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    clock.advance(minutes=1)
    sign_in(client, anton)
    form = 'form[action="/admin/notices"]'
    assert client.submit("/admin/notices", form, **{"on.note": []}).status_code == 303
    with bus.unit_of_work(writes=False):
        assert choices.defaults().of("note") == set()
        assert choices.choice_of(db.session.get_one(Staff, masha.id)).of("note") == {"app", "mail"}
    stale = client.soup("/admin/notices").select_one(form)
    client.submit("/admin/notices", form, digest="hourly")
    assert client.send(stale, "/admin/notices").status_code == 409
    assert client.submit("/admin/notices", form, digest_at="x").status_code == 422


def test_administrators_look_and_do_not_touch(
    client: Browser, anton: Staff, masha: Staff, olga: Staff
) -> None:
    sign_in(client, masha)
    client.submit(MINE, FORM, **{"on.note": []})
    sign_in(client, anton)
    assert "свой выбор" in client.soup("/admin/notices").get_text()
    page = client.soup(f"/admin/notices/{masha.id}")
    assert page.select(".matrix tbody tr")
    assert not page.select("main input")
    assert client.get("/admin/notices/9999").status_code == 404
    for person in (masha, olga):
        sign_in(client, db.session.get_one(Staff, person.id))
        assert client.get("/admin/notices").status_code == 403
        assert client.get(f"/admin/notices/{anton.id}").status_code == 403


def test_clients_have_no_bell(client: Browser, ivan: Client) -> None:
    sign_in(client, ivan)
    for path in (PAGE, MINE, "/agent/colleagues?q=a", f"{PAGE}/desktop"):
        assert client.get(path).status_code == 403


def test_words_are_words(client: Browser, masha: Staff, ivan: Client, olga: Staff) -> None:
    number = opened(ivan, "<script>alert(1)</script>").id
    give(number, masha, olga)
    sign_in(client, masha)
    page = client.get(PAGE).get_data(as_text=True)
    assert "<script>alert" not in page
    assert told(masha) == [("assigned", number)]
