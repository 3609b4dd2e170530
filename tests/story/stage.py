"""The demo company, and people who do everything through its pages."""

import re
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from core import bus
from demo import read
from demo.furnish import furnish, password_of
from demo.keys import Keys
from demo.rulebook import write_counters, write_rules
from desk.notices import choices
from desk.notices.choices import Choice
from desk.notices.occasion import APP
from models import Staff
from tests.story.timetable import Act, writer_of
from tests.support.client import Client
from tests.support.smtp import Sink

FIRST_NUMBER = 1001
TYPES = {4: "question", 9: "problem"}  # by the last digit of the place: who chooses one
FORMS = re.compile(r'<form\b.*?</form>|<input\b[^>]*\bform="[^>]*>', re.DOTALL)
LINK = re.compile(r"http://localhost(/r/\S+)")


def found_company() -> Keys:
    """People, groups, calendars, triggers and counters of the demo; no tickets, no articles."""
    with bus.unit_of_work():
        keys = furnish(read.company())
        write_counters(read.counters(), keys, by=keys.staff["anton"])
        write_rules(read.rules(), keys, by=keys.staff["anton"])
        _warn_in_the_app_alone(keys.staff["anton"])
        ids = Keys()
        for table in ("directions", "types", "statuses", "groups", "staff"):
            for key in getattr(keys, table):
                ids.put(table, key, keys.id(table, key))
    return ids


def _warn_in_the_app_alone(by: Staff) -> None:
    """The mails of the story are those of triggers, counters and new work."""
    quiet = Choice({"soon_late": (APP,), "late": (APP,)})
    choices.change_defaults(quiet, by=by, based_on=0)


def type_of(place: int) -> str:
    return TYPES.get(place % 10, "")


def direction_of(place: int) -> str:
    return "repair" if place % 4 == 3 else "delivery"


class Stage:
    def __init__(self, app: Flask, ids: Keys, smtp: Sink) -> None:
        self.app, self.ids, self.smtp = app, ids, smtp
        self._desks: dict[str, Client] = {}

    def play(self, act: Act, worker: str) -> None:
        if act.verb == "write":
            self._write(act)
        elif act.verb.startswith("client"):
            self._client(act)
        else:
            self._staff(act, self._desk(worker))

    def _write(self, act: Act) -> None:
        assert act.text is not None
        writer, browser = writer_of(act.place), self._browser(act.place)
        url = f"/{act.text.locale}/contact"
        fields = {
            "email": writer.email,
            "person": writer.name,
            "subject": act.text.subject,
            "text": act.text.body,
            "direction": str(self.ids.directions[direction_of(act.place)]),
        }
        if type_of(act.place):
            fields["type"] = str(self.ids.types[type_of(act.place)])
        _sent(browser, _forms(browser, url), url, "form.form", act, **fields)

    def _client(self, act: Act) -> None:
        """By the link of the first mail, from another machine, without a sign-in."""
        browser, link = self._browser(act.place), self.link_of(act.place)
        page = _forms(browser, link)
        if act.verb == "client":
            assert act.text is not None
            _sent(browser, page, link, "#reply", act, text=act.text.body)
        else:
            _sent(browser, page, link, 'form[action$="/solve"]', act)

    def _staff(self, act: Act, desk: Client) -> None:
        url = f"/agent/t/{FIRST_NUMBER + act.place}?view=unassigned"
        page = _forms(desk, url)
        if act.verb == "status":
            status = str(self.ids.statuses[act.value])
            form = f'form:has([name="status"][value="{status}"])'
            _sent(desk, page, url, form, act, status=status)
            return
        assert act.text is not None
        more = {"then": act.value} if act.value else {}
        _sent(desk, page, url, f"#{act.verb}-form", act, text=act.text.body, **more)

    def link_of(self, place: int) -> str:
        """The safe link of a request, as its client got it by mail."""
        number = str(FIRST_NUMBER + place)
        first = next(
            mail
            for mail in self.smtp.to(writer_of(place).email)
            if number in re.findall(r"\d+", str(mail["Subject"]))
        )
        body = first.get_body(("plain",))
        assert body is not None
        found = LINK.search(body.get_content())
        assert found is not None
        return found[1]

    def page_of(self, place: int) -> str:
        """The words on the page of a request, as its client sees them."""
        return self._browser(place).soup(self.link_of(place)).get_text(" ")

    def _browser(self, place: int) -> Client:
        browser = Client(self.app)
        browser.environ_base["REMOTE_ADDR"] = f"10.{place // 200}.{place % 200}.7"
        return browser

    def _desk(self, person: str) -> Client:
        """Their browser, signed in with their password."""
        if person not in self._desks:
            desk = self._desks[person] = Client(self.app)
            password = password_of({"key": person})
            email = f"{person}@kurier.example"
            form = 'form[action="/signin"]'
            done = desk.submit("/signin", form, email=email, password=password)
            assert done.status_code == 303, done.status
        return self._desks[person]


def _forms(browser: Client, url: str) -> BeautifulSoup:
    """A page with its forms alone, and the fields outside that belong to one: fast to parse."""
    answer = browser.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status}"
    return BeautifulSoup("".join(FORMS.findall(answer.get_data(as_text=True))), "html.parser")


def _sent(
    browser: Client, page: BeautifulSoup, url: str, form: str, act: Act, **fields: Any
) -> None:
    """Send a form of a page, a second time too when the act says so: that must lead to the same."""
    answers: list[TestResponse] = []
    for _time in range(1 + act.twice):
        answers.append(browser.send(page.select_one(form), url, **fields))
    assert [answer.status_code for answer in answers] == [303] * len(answers), (act, answers)
    assert len({answer.location for answer in answers}) == 1, act
