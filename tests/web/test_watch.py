"""Watching a ticket of somebody else: the button, what is heard, who does not hear it."""

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, Notice, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.tickets import opened


def press(browser: Browser, number: int) -> str:
    """What the button says afterwards."""
    url = f"/agent/t/{number}"
    form = f'form[action^="{url}/watch"]'
    on = browser.soup(url).select_one(f"{form} button")
    assert on is not None
    assert browser.submit(url, form=form, on=str(on["value"])).status_code == 303
    button = browser.soup(url).select_one(f"{form} button")
    assert button is not None
    return str(button["aria-pressed"])


def heard(who: Staff) -> list[str]:
    return [row.occasion for row in db.session.query(Notice).filter_by(staff_id=who.id)]


def says(number: int, who: Client) -> None:
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, number), "Что нового?", by=who)


def test_who_watches_hears_until_they_do_not(
    client: Browser, ivan: Client, masha: Staff, sergey: Staff
) -> None:
    number = opened(ivan).id
    with bus.unit_of_work():
        person = db.session.get_one(Staff, sergey.id)
        tickets.assign(db.session.get_one(Case, number), person, by=person)
    browser = sign_in(client, masha)
    assert press(browser, number) == "true"
    says(number, ivan)
    assert heard(masha) == ["watched"]
    assert "watched" not in heard(sergey)
    page = browser.soup("/agent/notices").get_text()
    assert f"Новости по № {number}, за которым вы следите" in page
    assert press(browser, number) == "false"
    says(number, ivan)
    assert heard(masha) == ["watched"]


def test_ones_own_words_are_no_news(client: Browser, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).id
    press(sign_in(client, masha), number)
    with bus.unit_of_work():
        tickets.add_note(
            db.session.get_one(Case, number), "Себе", by=db.session.get_one(Staff, masha.id)
        )
    assert heard(masha) == []
