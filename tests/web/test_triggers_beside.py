"""What versions differ in besides their sentences, who was overtaken, what was deleted."""

import pytest
from flask import Flask

from core import bus
from desk import tickets
from desk.automation import exchange, library
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.reading import tag, texts
from tests.support.rules import cond, definition, do, given, rule, without_rules

LIST = "/admin/triggers"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def save(number: int, by: Staff, state: str = "off", **names: str) -> None:
    """One more version that says the same."""
    with bus.unit_of_work():
        now = library.version_of(rule(number)).definition
        new = library.NewVersion(now, note="Снова", **{"name_ru": "Всем", **names})
        library.save(rule(number), new, base=rule(number).version_number, by=by)
        library.set_state(rule(number), state, by=by)


def test_versions_that_say_the_same_are_told_apart_by_all_else(
    admin: Browser, anton: Staff
) -> None:
    number = given("Всем", "ticket_updated", [do("set_priority", 3)], state="off")
    save(number, anton, "on", name_ru="Каждому", name_en="Everybody")
    with bus.unit_of_work():
        now = library.version_of(rule(number)).definition
        new = {**now, "if": {"any": [cond("priority", "is", 2)]}, "run": "once", "stop": True}
        wanted = library.NewVersion({**new, "overwrite": True}, "Каждому", "Everybody")
        library.save(rule(number), wanted, base=2, by=anton)
    first, second = admin.soup(f"{LIST}/{number}/compare?old=1&new=2").select(".beside > section")
    assert texts(first, ".small.say-rule") == [
        "Название по-русски: Всем",
        "Название по-английски: –",
        "Состояние: выключен",
    ]
    assert texts(second, "ins") == ["Каждому", "Everybody", "включён"]
    last = admin.soup(f"{LIST}/{number}/compare").select(".beside > section")[1]
    assert texts(last, ".small.say-rule") == [
        "Сколько условий должно выполняться: любое",
        "Как часто: один раз на обращение",
        "Триггеры после него: не смотрим",
        "То, что только что задал человек: перезаписывается",
    ]


def test_who_was_overtaken_sees_names_notes_and_states(
    admin: Browser, anton: Staff, masha: Staff
) -> None:
    number = given("Всем", "ticket_updated", [do("set_priority", 3)], state="off")
    form = tag(admin.soup(f"{LIST}/{number}"), "#trigger")
    save(number, masha, "on", name_ru="Каждому")
    answer = admin.send(form, LIST, name_ru="Любому", note="Так короче", state="shadow")
    assert answer.status_code == 409
    theirs, mine, _before = parsed(answer).select(".beside > section")
    assert texts(theirs, "ins") == ["Каждому", "включён"]
    assert texts(mine, "ins") == ["Любому", "наблюдает"]
    assert "Снова" in theirs.get_text()
    assert "Так короче" in mine.get_text()
    assert admin.send(tag(parsed(answer), "#trigger"), LIST).status_code == 303
    assert (rule(number).name_ru, rule(number).version_number) == ("Любому", 3)


def test_links_of_the_history_lead_to_a_deleted_trigger_and_back(
    admin: Browser, anton: Staff, masha: Staff, ivan: Client, app: Flask
) -> None:
    number = given("Всем", "ticket_created", [do("set_priority", 3)])
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Вопрос", "Как?"), requester=ivan).number
    save(number, anton)
    with bus.unit_of_work():
        library.delete(rule(number), by=anton)
    link = tag(admin.soup(f"/agent/t/{ticket}/why"), f"main a[href^='{LIST}/{number}']")
    page = admin.soup(str(link["href"]))
    assert "Триггер удалён" in page.get_text()
    assert len(page.select(".runs > .run")) == 2
    compare = tag(page, f"a[href^='{LIST}/{number}/compare']")
    assert not admin.soup(str(compare["href"])).select("main form[method=post]")
    reader = sign_in(Browser(app), masha)
    assert not reader.soup(f"{LIST}/{number}").select("main form")
    back = tag(page, f"form[action='{LIST}/{number}/undelete']")
    assert admin.send(back, LIST).status_code == 303
    assert tag(admin.soup(f"{LIST}/{number}"), "#trigger")
    assert admin.get(f"{LIST}/999999").status_code == 404


def mail(text: str) -> dict[str, object]:
    words = {"ru": text, "en": ""}
    return do("send_mail", to="client", subject={"ru": "О заказе", "en": ""}, text=words)


def said_words(within: int, *, guard: bool) -> dict[str, object]:
    value = {"phrases": ["задержка"], "mode": "any", "within": within, "guard_negation": guard}
    return cond("text", "words", value)


def test_what_no_sentence_says_is_compared_too(admin: Browser, anton: Staff) -> None:
    before = [mail("Мы ответим сегодня."), said_words(10, guard=True)]
    after = [mail("Мы ответим завтра утром."), said_words(0, guard=False)]
    number = given("Всем", "ticket_created", [before[0]], before[1], state="off")
    with bus.unit_of_work():
        new = definition("ticket_created", [after[0]], after[1])
        library.save(rule(number), library.NewVersion(new, "Всем"), base=1, by=anton)
    first, second = admin.soup(f"{LIST}/{number}/compare?old=1&new=2").select(".beside > section")
    assert texts(first, ".small.say-rule") == [
        "Условие 1 (Текст, слов между, не больше): 10",
        "Условие 1 (Текст, не там, где отрицают («без задержек»)): да",
        "Действие 1 (Отправить письмо, Текст, по-русски): Мы ответим сегодня.",
    ]
    assert texts(second, ".small.say-rule") == [
        "Условие 1 (Текст, слов между, не больше): 0",
        "Условие 1 (Текст, не там, где отрицают («без задержек»)): нет",
        "Действие 1 (Отправить письмо, Текст, по-русски): Мы ответим завтра утром.",
    ]
    assert texts(second, ".small.say-rule ins")[-1] == "завтра утром."


def test_the_mail_of_a_colleague_is_seen_before_it_is_overwritten(
    admin: Browser, anton: Staff
) -> None:
    number = given("Всем", "ticket_created", [mail("Мы ответим сегодня.")], state="off")
    values = filled(admin.soup(f"{LIST}/{number}").select_one("#trigger")) | {"note": "Моё"}
    with bus.unit_of_work():
        new = definition("ticket_created", [mail("Напишем до вечера.")])
        library.save(rule(number), library.NewVersion(new, "Всем"), base=1, by=anton)
    stale = admin.post(f"{LIST}/{number}", data=values)
    assert stale.status_code == 409
    assert "Напишем до вечера." in parsed(stale).get_text()


def test_a_file_shows_what_no_sentence_says(admin: Browser) -> None:
    given("Всем", "ticket_created", [mail("Мы ответим сегодня.")], state="off")
    with bus.unit_of_work(writes=False):
        text = exchange.exported().replace("сегодня", "завтра")
    shown = admin.submit(f"{LIST}/file", "form.file-in", text=text)
    assert "Мы ответим завтра." in tag(parsed(shown), ".incoming").get_text()
