"""Triggers as a file, by the command: out, looked at, in."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.__main__ import FolderOfCommands
from core.config import Config
from core.i18n import use_locale

Call = Callable[..., Result]


@pytest.fixture
def call(empty_database: Config) -> Call:
    def run(*arguments: str, given: str = "") -> Result:
        with use_locale("en"):
            return CliRunner(env={"LINIYA_DATABASE_URL": empty_database.database_url}).invoke(
                FolderOfCommands("liniya"),
                [*arguments, "--data", str(empty_database.data)],
                input=given,
                catch_exceptions=False,
            )

    assert run("init").exit_code == 0
    return run


def test_out_and_in_again_changes_nothing(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "triggers.json"
    assert call("triggers", "export", str(file)).exit_code == 0
    found = call("triggers", "import", str(file), "--dry-run")
    assert (found.exit_code, found.output) == (0, "Nothing differs\n")
    assert call("triggers", "export").output == file.read_text(encoding="utf-8")


def test_what_differs_is_said_before_it_is_done(call: Call) -> None:
    whole = json.loads(call("triggers", "export").output)
    whole["triggers"][0]["on"] = ["client_replied"]
    whole["triggers"][1]["name"]["ru"] = "Новое имя"
    whole["triggers"][2]["then"][0]["value"] = "Такого нет"
    text = json.dumps(whole)
    said = call("triggers", "import", "-", "--dry-run", given=text).output
    assert [line[0] for line in said.splitlines() if line[0] in "+~!"] == ["~", "+", "!"]
    assert "Такого нет" in said
    assert call("triggers", "import", "-", "--dry-run", given=text).output == said
    done = call("triggers", "import", "-", given=text).output
    assert "2 triggers changed." in done
    assert "Nothing differs" not in done
    left = call("triggers", "import", "-", "--dry-run", given=text).output
    assert [line[0] for line in left.splitlines() if line[0] in "+~!"] == ["!"]


@pytest.mark.one_database
def test_a_file_of_old_windows_is_read_and_refusals_have_places(call: Call, tmp_path: Path) -> None:
    whole = json.loads(call("triggers", "export").output)
    bad = [{"field": "client_tickets", "op": "gt", "value": 10**30}]
    whole["triggers"] = [{**whole["triggers"][0], "name": {"ru": "Имя"}, "if": {"all": bad}}] * 2
    file = tmp_path / "old.json"
    file.write_bytes(json.dumps(whole, ensure_ascii=False).encode("cp1251", "replace"))
    said = call("triggers", "import", str(file), "--dry-run").output
    assert said.startswith("! Имя\n    Condition 1: ")
    assert "beside that one" in said


@pytest.mark.one_database
def test_what_is_no_file_is_refused(call: Call, tmp_path: Path) -> None:
    refused = call("triggers", "import", "-", given="no json")
    assert refused.exit_code == 2
    assert call("triggers", "import", str(tmp_path / "none.json")).exit_code == 2
    assert call("triggers", "export", str(tmp_path / "no" / "folder.json")).exit_code == 2
