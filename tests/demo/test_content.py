"""The demo company's files: everything they name is there, in both languages."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from core import markdown
from demo import read
from demo.answers import linked
from demo.furnish import week_of
from demo.rulebook import ACTIONS, TABLES
from desk import events
from desk.automation.actions import ACTIONS as KNOWN_ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.moment import UPDATED
from desk.automation.operators import OPERATORS
from desk.automation.templates import unknown
from desk.automation.words import Words

ROOT = Path(__file__).parents[2]
COMPANY = read.company()
STORIES = read.stories()
SECTIONS = read.sections()
ANSWERS = [(section, answer) for section in SECTIONS for answer in section.answers]
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
KEYED = {
    "statuses": "statuses",
    "groups": "groups",
    "staff": "staff",
    "types": "types",
    "topics": "topics",
    "directions": "directions",
    "client_categories": "client_categories",
}


def keys(table: str) -> set[str]:
    rows = read.counters() if table == "policies" else COMPANY[KEYED.get(table, table)]
    return {each["key"] for each in rows}


def nodes(group: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "field" in group:
        yield group
    else:
        for rows in group.values():
            for each in rows:
                yield from nodes(each)


def actions() -> Iterator[dict[str, Any]]:
    for rule in read.rules():
        yield from rule["then"]
    for policy in read.counters():
        for step in policy["steps"]:
            yield from step["then"]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_it_has_what_was_promised() -> None:
    assert len(ANSWERS) == 25
    assert len(SECTIONS) == 6
    assert len(read.rules()) == 12
    assert len(STORIES) == 60
    assert {"problem", "repair", "payment"} <= keys("types")
    assert Counter(answer.state for _section, answer in ANSWERS) == {
        "published": 22,
        "internal": 2,
        "draft": 1,
    }


def test_everything_has_a_name_in_both_languages() -> None:
    tables = ("directions", "lines", "calendars", "groups", "client_categories", "statuses")
    named = [each for table in (*tables, "types", "topics", "fields") for each in COMPANY[table]]
    for each in [*named, *read.rules(), *read.counters()]:
        assert CYRILLIC.search(each["ru"]), each
        assert each["en"], each
        assert not CYRILLIC.search(each["en"]), each


def test_no_comma_has_cut_a_text_in_two() -> None:
    """In braces YAML takes what stands behind a comma for a name without a value."""
    tables = [
        rows for name, rows in COMPANY.items() if name not in ("settings", "tags", "dispatching")
    ]
    for row in [row for rows in tables for row in rows]:
        empty = {name for name, value in row.items() if value is None}
        assert empty <= {"holidays"}, row
    for person in COMPANY["staff"]:
        assert set(person["title"]) == {"ru", "en"}


def test_no_key_is_used_twice() -> None:
    for table in (*KEYED, "calendars", "clients", "companies", "fields"):
        used = [each["key"] for each in COMPANY[table]]
        assert len(used) == len(set(used)), table
    assert len({story.key for story in STORIES}) == len(STORIES)
    assert len({answer.slug for _section, answer in ANSWERS}) == len(ANSWERS)


def test_people_belong_to_what_is_there() -> None:
    for person in COMPANY["staff"]:
        assert set(person.get("groups", [])) <= keys("groups")
        assert person.get("hours", "office") in keys("calendars")
    for client in COMPANY["clients"]:
        assert client["category"] in keys("client_categories")
        assert client.get("company", "lada") in keys("companies")
    for group in COMPANY["groups"]:
        assert group["head"] in keys("staff")


def test_each_category_of_status_has_a_first_one() -> None:
    first = [status["category"] for status in COMPANY["statuses"]]
    assert set(first) == {"new", "open", "pending", "solved", "closed"}
    mars = next(each for each in COMPANY["statuses"] if each["en"] == "Sent to Mars")
    assert mars["category"] == "pending"


def test_weeks_are_read() -> None:
    office, couriers = (week_of(each["week"]) for each in COMPANY["calendars"])
    assert office == [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []]
    assert couriers == [[["08:00", "22:00"]]] * 7


@pytest.mark.parametrize(
    ("section", "answer"), ANSWERS, ids=[answer.slug for _section, answer in ANSWERS]
)
def test_an_answer_is_useful_in_both_languages(section: read.Section, answer: read.Answer) -> None:
    addresses = {a.slug: {"ru": "/ru/a/1", "en": "/en/a/1"} for _section, a in ANSWERS}
    for code, text in answer.texts.items():
        body = linked(text.body, code, addresses)
        html = markdown.render(body)
        assert 80 <= len(re.findall(r"\w+", text.body)) <= 330, code
        assert len(markdown.contents(html)) >= 1, code
        assert "article:" not in body
        assert "page:" not in body
        assert len(text.aliases) >= 3, code
        assert 20 <= len(text.summary) <= 200
    assert CYRILLIC.search(answer.texts["ru"].title)
    assert not CYRILLIC.search(answer.texts["en"].title + answer.texts["en"].summary)
    assert answer.by in keys("staff")


def test_icons_are_in_the_sprite() -> None:
    sprite = ElementTree.parse(ROOT / "static" / "icons.svg")  # noqa: S314 - our own file
    ids = {each.get("id") for each in sprite.iter()}
    assert {section.icon for section in SECTIONS} <= ids


def test_no_answer_lies_about_unlisted() -> None:
    files = {path.stem.split(".")[0] for path in (read.FOLDER / "faq").glob("*/*.md")}
    assert files == {answer.slug for _section, answer in ANSWERS}


@pytest.mark.parametrize("rule", read.rules(), ids=lambda rule: rule["key"])
def test_a_trigger_names_what_is_there(rule: dict[str, Any]) -> None:
    assert set(rule["on"]) <= {*events.KINDS, UPDATED}
    for node in nodes(rule["if"]):
        assert node["field"] in FIELDS
        assert node["op"] in OPERATORS
        table = TABLES.get(node["field"])
        if table and node.get("value") is not None:
            assert set(listed(node["value"])) <= keys(table)


def test_actions_name_what_is_there() -> None:
    for action in actions():
        assert action["do"] in KNOWN_ACTIONS
        table = ACTIONS.get(action["do"])
        assert table is None or action["value"] in keys(table)


def test_mails_are_written_in_both_languages_with_known_placeholders() -> None:
    mails = [action for action in actions() if action["do"] == "send_mail"]
    assert {mail["to"] for mail in mails} == {"group", "head", "assignee"}, "clients get letters"
    letters = [action["letter"] for action in actions() if action["do"] == "send_letter"]
    assert letters == ["created", "solved"]
    for mail in mails:
        for texts in (mail["subject"], mail["text"]):
            assert set(texts) == {"ru", "en"}
            assert not unknown(texts["ru"]) + unknown(texts["en"])
            assert not CYRILLIC.search(texts["en"])


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_names_what_is_there(story: read.Story) -> None:
    assert story.client in keys("clients")
    assert story.direction in keys("directions")
    assert story.type in ("", *keys("types"))
    assert story.topic in ("", *keys("topics"))
    assert set(story.fields) <= keys("fields")
    people = keys("staff") | keys("clients") | {each["key"] for each in COMPANY["outsiders"]}
    for moment in story.then:
        assert moment.by in ("", *people)
        assert bool(moment.after) != bool(moment.ago)
        assert moment.deeds
        assert moment.deeds.get("status", "new") in keys("statuses")
        assert moment.deeds.get("group", "first") in keys("groups")
        assert moment.deeds.get("assign", "masha") in keys("staff")
        assert set(moment.deeds.get("fields", {})) <= keys("fields")
        if {"reply", "line", "assign", "status"} & set(moment.deeds):
            assert moment.by in keys("staff")
    assert story.ends["status"] in keys("statuses")


def test_each_wrote_in_their_own_language() -> None:
    locales = {each["key"]: each.get("locale", "ru") for each in COMPANY["clients"]}
    for story in STORIES:
        letters = sum(map(len, re.findall("[A-Za-z]", story.text)))
        said = "ru" if len(CYRILLIC.findall(story.text)) > letters else "en"
        assert said == locales[story.client], story.key
    assert 10 <= sum(1 for story in STORIES if locales[story.client] == "en") <= 16


def test_the_stories_are_varied() -> None:
    ends = Counter(story.ends["status"] for story in STORIES)
    assert 30 <= 60 - ends["solved"] - ends["closed"] <= 38
    assert ends["mars"] == 1
    assert ends["waiting"] >= 8
    assert ends["new"] >= 6
    assert len({story.subject for story in STORIES}) == 60
    assert len({story.text for story in STORIES}) == 60


STOPPED = (
    "Работа встала, терминал молчит",
    "У нас встала вся работа!",
    "Касса стоит с утра",
    "Магазин стоит, очередь до двери",
    "Машина ждёт у ворот",
    "Our work has stopped, please help",
    "Срочно нужен курьер",
    "Please answer ASAP",
)
NOT_STOPPED = (
    "My card stopped working",
    "Can a card stop working?",
    "The scanner has stopped working",
    "Сколько стоит касса?",
    "Сколько стоит работа мастера?",
    "Терминал перестал работать",
    "Остановка рядом с работой",
    "Не срочно, на будущее",
)


def test_only_stopped_work_is_an_alarm() -> None:
    urgent = next(rule for rule in read.rules() if rule["key"] == "urgent")
    alarms = [
        Words(tuple(node["value"]["phrases"]), mode=node["value"]["mode"])
        for node in nodes(urgent["if"])
        if node["op"] == "words"
    ]
    raised = [text for text in STOPPED + NOT_STOPPED if any(each.holds(text) for each in alarms)]
    assert raised == list(STOPPED)
