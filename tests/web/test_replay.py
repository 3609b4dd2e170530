"""Replays and live counts, as Anton sees them."""

import io
import zipfile
from typing import Any

import pytest
from flask import Flask

from desk import jobs
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.excel import rows_of
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, mail, without_rules
from tests.support.tickets import opened

TRIGGERS = "/admin/triggers"
REPLAYS = f"{TRIGGERS}/replays"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def form_of(admin: Browser, rule_id: int) -> dict[str, Any]:
    form = admin.soup(f"{TRIGGERS}/{rule_id}").select_one("form.ed")
    assert form is not None
    return filled(form)


def urgent(state: str = "off") -> int:
    then = [do("set_priority", 4), do("add_tag", ["чек"])]
    return given("Чеки", "ticket_created", then, cond("text", "contains", "чек"), state=state)


def started(admin: Browser, rule_id: int, **more: Any) -> str:
    """The address of a replay of the form."""
    answer = admin.post(REPLAYS, data={**form_of(admin, rule_id), "days": 30, **more})
    assert answer.status_code == 303
    return str(answer.location)


def words(answer: Any) -> str:
    return " ".join(parsed(answer).get_text().split())


def test_a_replay_waits_runs_and_shows_what_would_be_otherwise(
    admin: Browser, ivan: Client
) -> None:
    number = urgent()
    ticket, other = opened(ivan), opened(ivan, "Где посылка")
    address = started(admin, number)
    assert "Ждёт своей очереди" in words(admin.get(address))
    assert jobs.run_next()
    shown = admin.get(address)
    text = words(shown)
    assert "Приоритет: Обычный → Срочный" in text
    assert "Метки: нет → чек" in text
    assert ticket.subject in text
    assert other.subject not in text
    assert [one.get_text() for one in parsed(shown).select("dl.big dd")] == ["2", "1", "1", "0"]
    links = [one["href"] for one in parsed(shown).select("ul.dif a")]
    assert links == [f"/agent/t/{ticket.number}"]


def test_what_others_would_change_stands_apart(admin: Browser, ivan: Client) -> None:
    number = urgent()
    ticket, other, more = opened(ivan), opened(ivan, "Посылка"), opened(ivan, "Посылка цела")
    since = cond("text", "contains", "посылка")
    given("Посылки", "ticket_created", [do("set_priority", 3)], since)
    address = started(admin, number)
    assert jobs.run_next()
    soup = parsed(admin.get(address))
    assert [one.get_text() for one in soup.select("dl.big dd")] == ["3", "1", "1", "0"]
    lists = [{one.get_text() for one in its.select("a")} for its in soup.select("ul.dif")]
    assert lists == [{str(ticket.number)}, {str(other.number), str(more.number)}]
    heads = [" ".join(one.get_text().split()) for one in soup.select("h2.pr-h")]
    assert heads[:2] == ["Пошло бы иначе 1", "Иначе из-за других триггеров 2"]


def test_the_same_replay_is_not_begun_twice(admin: Browser, ivan: Client) -> None:
    number = urgent()
    assert started(admin, number) == started(admin, number)
    assert started(admin, number, days=7) != started(admin, number)


def test_a_replay_is_cancelled(admin: Browser) -> None:
    address = started(admin, urgent())
    form = admin.soup(address).select_one("form#cancel-replay")
    assert form is not None
    assert admin.post(f"{address}/cancel", data=filled(form)).status_code == 303
    assert "Повтор отменён" in words(admin.get(address))
    assert not jobs.run_next()


def test_the_editor_shows_the_replay_of_what_is_written(admin: Browser, ivan: Client) -> None:
    number = urgent()
    opened(ivan)
    values = form_of(admin, number)
    first = admin.post(f"{TRIGGERS}/replay", data=values, headers=HTMX)
    assert parsed(first).select_one(f'button[formaction="{REPLAYS}"]')
    running = admin.post(REPLAYS, data={**values, "days": 30}, headers=HTMX)
    assert parsed(running).select_one("progress")
    jobs.run_next()
    done = admin.post(f"{TRIGGERS}/replay", data=values, headers=HTMX)
    assert "Пошло бы иначе" in words(done)
    assert "изменён после этого повтора" not in words(done)
    changed = {**values, "run": "once"}
    assert "изменён после этого повтора" in words(
        admin.post(f"{TRIGGERS}/replay", data=changed, headers=HTMX)
    )


def test_all_triggers_are_replayed_as_they_are(admin: Browser, ivan: Client) -> None:
    urgent("on")
    opened(ivan)
    form = admin.soup(REPLAYS).select_one(f'form[action="{REPLAYS}/all"]')
    assert form is not None
    address = admin.post(f"{REPLAYS}/all", data={**filled(form), "days": 7}).location
    jobs.run_next()
    assert "Ни одно обращение не закончилось бы иначе" in words(admin.get(address))
    assert "Все триггеры как есть" in words(admin.get(REPLAYS))


def test_the_file_keeps_text_as_text(admin: Browser, ivan: Client) -> None:
    opened(ivan, '=cmd|"/c calc"!A1', "чек не печатается")
    address = started(admin, urgent())
    assert admin.get(f"{address}.xlsx").status_code == 422
    jobs.run_next()
    answer = admin.get(f"{address}.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/" in n]
        styles = book.read("xl/styles.xml").decode()
    assert "=cmd|" in sheets[0]
    assert "quotePrefix" in styles
    assert not any("<f>" in text for text in sheets)


def test_the_file_parts_this_trigger_from_the_others(admin: Browser, ivan: Client) -> None:
    number = urgent()
    ticket, other = opened(ivan), opened(ivan, "Посылка")
    since = cond("text", "contains", "посылка")
    given("Посылки", "ticket_created", [do("set_priority", 3), mail()], since)
    address = started(admin, number)
    assert jobs.run_next()
    tickets, rules = rows_of(admin.get(f"{address}.xlsx").data)[:2]
    assert tickets[0][-1] == "Причина"
    assert {(row[0], row[-1]) for row in tickets[1:]} == {
        (ticket.number, "этот триггер"),
        (other.number, "другие триггеры"),
    }
    assert [(row[1], *row[5:]) for row in rules[1:]] == [
        ("Чеки", 0, 0, "этот триггер"),
        ("Посылки", 1, 0, "другой"),
    ]


def test_the_file_of_all_triggers_parts_nothing(admin: Browser, ivan: Client) -> None:
    urgent("on")
    opened(ivan)
    form = admin.soup(REPLAYS).select_one(f'form[action="{REPLAYS}/all"]')
    assert form is not None
    address = admin.post(f"{REPLAYS}/all", data={**filled(form), "days": 7}).location
    jobs.run_next()
    tickets, rules = rows_of(admin.get(f"{address}.xlsx").data)[:2]
    assert tickets[0][-1] == "Кто поставил"
    assert rules[0][-1] == "Сбоев"


def test_only_administrators_replay(client: Browser, masha: Staff) -> None:
    number = urgent()
    sign_in(client, masha)
    assert client.get(REPLAYS).status_code == 403
    values = form_of(client, number)
    assert client.post(f"{TRIGGERS}/replay", data=values).status_code == 403
    assert client.post(REPLAYS, data={**values, "days": 30}).status_code == 403


def test_an_unfinished_sentence_is_not_played(admin: Browser) -> None:
    values = {name: value for name, value in form_of(admin, urgent()).items() if name != "on"}
    assert "Сначала допишите предложение" in words(
        admin.post(f"{TRIGGERS}/replay", data=values, headers=HTMX)
    )
    assert admin.post(REPLAYS, data={**values, "days": 30}).status_code == 422
    assert admin.post(REPLAYS, data={**values, "days": 31}).status_code == 422
    assert "Сначала допишите предложение" in words(
        admin.post(f"{TRIGGERS}/count", data=values, headers=HTMX)
    )


def test_the_count_follows_what_is_written(admin: Browser, ivan: Client) -> None:
    number = urgent()
    ticket = opened(ivan)
    for _time in range(2):
        opened(ivan, "Где посылка")
    values = form_of(admin, number)
    answer = admin.post(f"{TRIGGERS}/count", data=values, headers=HTMX)
    text = words(answer)
    assert "1 из 3 открытых обращений" in text
    assert "За последние 30 дней он сработал бы 1 раз" in text
    links = [one["href"] for one in parsed(answer).select("a")]
    assert links == [f"/agent/t/{ticket.number}"]
    elsewhere = {**values, "if.0.value": "посылка"}
    assert "2 из 3" in words(admin.post(f"{TRIGGERS}/count", data=elsewhere, headers=HTMX))
