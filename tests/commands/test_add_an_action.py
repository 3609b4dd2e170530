"""docs/add-an-action.md, followed in a copy of the product: the new action is everywhere."""

import json
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from tests.support.client import filled
from tests.support.people import PASSWORD
from tests.support.programs import ROOT, Ended, liniya, program, running

STEP = re.compile(r"^([^\n]*`[a-z_]+/[^\n]*)\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
LEFT = (".*", "__pycache__", "*.tmp", "node_modules", "data")
RULE = {
    "name": {"ru": "Тема по порядку", "en": "Subject in order"},
    "state": "on",
    "on": ["ticket_created"],
    "if": {"all": []},
    "then": [{"do": "set_subject", "value": "Чек не печатается"}],
}
FILE = {"format": "liniya-triggers", "version": 1, "triggers": [RULE]}
IVAN = {"person": "Иван", "email": "ivan@example.ru"}
RUSSIAN = {"LANG": "ru_RU.UTF-8", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which everything was done that the page says."""
    copy = tmp_path_factory.mktemp("copy") / "liniya"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT))
    steps = STEP.findall((ROOT / "docs" / "add-an-action.md").read_text())
    assert len(steps) == 3
    for said, code in steps:
        follow(copy, said, code)
    return copy


def follow(copy: Path, said: str, code: str) -> None:
    """One step of the page: a new file, more at the end of one, or more in a function of one."""
    named = re.findall(r"`([^`]+)`", said)
    path = copy / next(name for name in named if "/" in name)
    if " in `" in said:
        begin = f"def {named[0].removesuffix('()')}("
        head, found, rest = path.read_text().partition(begin)
        first, brace, rows = rest.partition("return {\n")
        assert found, said
        assert brace, said
        path.write_text(head + found + first + brace + code + rows)
    elif "at the end" in said:
        path.write_text(path.read_text() + code)
    else:
        assert not path.exists(), said
        path.write_text(code)


class Visitor:
    """Follows links and forms of a started product."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [("Accept-Language", "ru")]

    def text(self, path: str, data: dict[str, Any] | None = None) -> str:
        sent = urlencode(data, doseq=True).encode() if data is not None else None
        with self.opener.open(self.root + path, sent) as answer:
            return str(answer.read().decode())

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(path), "html.parser")

    def send(self, path: str, css: str, **fields: Any) -> None:
        form = self.page(path).select_one(css)
        assert form is not None, css
        self.text(str(form.get("action") or path), {**filled(form), **fields})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def call(product: Path, data: str) -> Callable[..., Ended]:
    """A command of the copy, on data of its own."""

    def run(*arguments: str, given: str = "") -> Ended:
        return liniya(*arguments, "--data", data, given=given, **RUSSIAN, PYTHONPATH=str(product))

    who = ("--name", "Антон", "--email", "anton@kurier.example")
    made = run("create-admin", *who, given=f"{PASSWORD}\n")
    assert made.code == 0, made.errors
    return run


@pytest.fixture(scope="module")
def started(product: Path, data: str, call: Callable[..., Ended]) -> Iterator[Visitor]:
    """The copy at work with one trigger that has the action, and one request that came."""
    taken = call("triggers", "import", "-", "--states", given=json.dumps(FILE))
    assert taken.code == 0, taken.errors
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    asked = ("--data", data, "--port", str(port), "--no-demo")
    with running(*asked, **RUSSIAN, PYTHONPATH=str(product)):
        visitor = Visitor(port)
        asked_for = {"subject": "Вопрос", "text": "Терминал молчит"}
        visitor.send("/ru/contact", "form.form", **IVAN, **asked_for)
        visitor.send(
            "/signin", "form[action$=signin]", email="anton@kurier.example", password=PASSWORD
        )
        yield visitor


@pytest.mark.slow
def test_the_engine_does_it_and_history_and_why_tell_it(started: Visitor) -> None:
    ticket = started.page("/agent/t/1001")
    assert ticket.h1 is not None
    assert "Чек не печатается" in ticket.h1.get_text()
    assert "Тема по порядку" in ticket.get_text()
    why = " ".join(started.page("/agent/t/1001/why").get_text().split())
    assert "Тема по порядку" in why
    assert "Чек не печатается" in why


@pytest.mark.slow
def test_the_editor_offers_it(started: Visitor) -> None:
    option = started.page("/admin/triggers/new").select_one("option[value=set_subject]")
    assert option is not None
    assert option.get_text(strip=True) == "Задать тему"
    listed = " ".join(started.page("/admin/triggers").get_text().split())
    assert "тема «Чек не печатается»" in listed


@pytest.mark.slow
def test_the_schema_has_it(started: Visitor, call: Callable[..., Ended]) -> None:
    schema = json.loads(started.text("/admin/triggers/schema.json"))
    assert schema["$defs"]["action.set_subject"]["title"] == "Задать тему"
    judge = Draft202012Validator(schema)
    made = {name: RULE[name] for name in ("on", "if", "then")}
    assert judge.is_valid(made)
    assert not judge.is_valid({**made, "then": [{"do": "set_subject", "value": 3}]})
    assert json.loads(call("triggers", "schema").output) == schema
    english = json.loads(call("triggers", "schema", "--language", "en").output)
    assert english["$defs"]["action.set_subject"]["title"] == "Set subject"


@pytest.mark.slow
def test_its_tests_are_found_and_hold(product: Path) -> None:
    files = ("tests/guards/test_registry.py", "tests/desk/test_automation_parts.py")
    wanted = ("-k", "set_subject", "--database", "sqlite", "-q", "-p", "no:cacheprovider")
    asked = ("--rootdir", str(product), *(str(product / file) for file in files), *wanted)
    ended = program(sys.executable, "-m", "pytest", *asked, PYTHONPATH=str(product))
    assert ended.code == 0, ended.output
    assert re.search(r"[2-9] passed", ended.output)
