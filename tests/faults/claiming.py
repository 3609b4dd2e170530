"""Many who take one ticket at once, each through the web; and who judges it."""

import contextvars
from collections.abc import Mapping, Sequence
from threading import Barrier, Thread

from flask import Flask

from core import bus
from core.db import db
from models import Case, EventRecord, Staff
from tests.support.client import Client, filled
from tests.support.people import customer, hire
from tests.support.tickets import opened

GROUP = ("support", "Поддержка", "Support")
Values = Mapping[str, str]


def hired(count: int) -> list[int]:
    """So many agents of one group, by id."""
    names = {f"Агент {number:03}": f"agent{number}@kurier.example" for number in range(count)}
    return [hire(name, address, group=GROUP).id for name, address in names.items()]


def race(app: Flask, ids: Sequence[int]) -> None:
    """One ticket, all press "Take it myself" at once: one gets it, each other is told who."""
    number = opened(customer("Иван", "ivan@example.ru")).id
    people = [db.session.get_one(Staff, each) for each in ids]
    names = [(person.name, person.id, person.get_id()) for person in people]
    db.session.remove()
    forms = {name: _form(app, person, key, number) for name, person, key in names}
    answers = _all_at_once(app, forms, f"/agent/t/{number}/assign")
    winners = [name for name, (status, _text) in answers.items() if status == 303]
    told = [text for status, text in answers.values() if status == 409]
    assert len(winners) == 1, winners
    assert len(told) == len(ids) - 1, [status for status, _text in answers.values()]
    assert all(winners[0] in text for text in told)
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        case = db.session.get_one(Case, number)
        assert case.assignee is not None
        assert case.assignee.name == winners[0]
        given = db.session.query(EventRecord).filter_by(case_id=number, kind="assignee_changed")
        assert given.count() == 1
    db.session.remove()


def _form(app: Flask, person: int, key: str, number: int) -> tuple[Client, Values]:
    """The button as it stands on their page."""
    browser, url = Client(app), f"/agent/t/{number}"
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key, True
    form = browser.soup(url).select_one(f'form[action^="{url}/assign"]')
    assert form is not None
    return browser, {**filled(form), "assignee": str(person)}


def _all_at_once(
    app: Flask, forms: Mapping[str, tuple[Client, Values]], address: str
) -> dict[str, tuple[int, str]]:
    barrier = Barrier(len(forms))
    answers: dict[str, tuple[int, str]] = {}

    def take(name: str) -> None:
        browser, values = forms[name]
        with app.app_context():
            barrier.wait()
            answer = browser.post(address, data=values)
            answers[name] = answer.status_code, answer.get_data(as_text=True)

    threads = [Thread(target=contextvars.copy_context().run, args=(take, name)) for name in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
