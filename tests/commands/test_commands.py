"""The commands of an administrator, each on both databases where it touches one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect

from commands import create_admin as administrators
from commands import terminal
from commands.__main__ import FolderOfCommands
from core.config import Config
from core.i18n import use_locale
from desk import people
from models import Role
from tests.support.programs import liniya
from tests.support.smtp import Sink

Call = Callable[..., Result]


@pytest.fixture
def call(empty_database: Config) -> Call:
    """Run a command in this process, in English, on a database without a table."""
    variables = {"LINIYA_DATABASE_URL": empty_database.database_url}

    def run(*arguments: str, given: str = "", **more: str) -> Result:
        with use_locale("en"):
            return CliRunner(env=variables | more).invoke(
                FolderOfCommands("liniya"),
                [*arguments, "--data", str(empty_database.data)],
                input=given,
                catch_exceptions=False,
            )

    return run


def tables(config: Config) -> list[str]:
    engine = create_engine(config.database_url)
    names = inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_migrations_go_up_and_down_again(call: Call, empty_database: Config) -> None:
    assert "at migration base" in call("migrate", "current").output
    assert call("migrate", "upgrade").exit_code == 0
    assert "ticket" in tables(empty_database) or "case" in " ".join(tables(empty_database))
    assert call("migrate", "downgrade", "base").exit_code == 0
    assert tables(empty_database) == ["alembic_version"]
    assert call("migrate", "upgrade").exit_code == 0


def test_init_can_be_repeated(call: Call) -> None:
    assert "The database is made." in call("init").output
    again = call("init")
    assert again.exit_code == 0
    assert "was there" in again.output


def test_an_administrator_can_sign_in(call: Call, empty_database: Config) -> None:
    arguments = ("create-admin", "--name", "Антон", "--email", "Anton@kurier.example")
    assert call(*arguments, given="long enough\n").exit_code == 0
    with terminal.opened(empty_database):
        anton = people.by_email("anton@kurier.example")
        assert anton is not None
        assert anton.role == Role.ADMIN
        assert administrators.exists()


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("anton@kurier.example", "short", "at least 8 characters"),
        ("not an address", "long enough", "Enter the full e-mail"),
    ],
)
def test_an_administrator_needs_an_address_and_a_password(
    call: Call, email: str, password: str, said: str
) -> None:
    result = call("create-admin", "--name", "Антон", "--email", email, given=f"{password}\n")
    assert result.exit_code == 2
    assert said in result.output


def test_an_address_is_taken_once(call: Call) -> None:
    arguments = ("create-admin", "--name", "Антон", "--email", "anton@kurier.example")
    call(*arguments, given="long enough\n")
    assert call(*arguments, given="long enough\n").exit_code == 2


def test_the_doctor_says_what_to_do_next(call: Call) -> None:
    sick = call("doctor")
    assert sick.exit_code == 1
    assert "✗ The database has no tables yet. Make them: bin/liniya init" in sick.output
    call("init")
    better = call("doctor")
    assert "✓ The database answers" in better.output
    assert "✗ There is no administrator yet" in better.output
    assert "✗ Counters and outgoing mail have never run" in better.output


@pytest.mark.one_database
def test_the_doctor_tries_the_mail_server(call: Call, smtp: Sink, free_port: int) -> None:
    there = call("doctor", LINIYA_SMTP_URL=smtp.url)
    assert f"✓ The mail server 127.0.0.1:{smtp.port} answers." in there.output
    away = call("doctor", LINIYA_SMTP_URL=f"smtp://127.0.0.1:{free_port}")
    assert f"✗ The mail server 127.0.0.1:{free_port} can't be reached" in away.output


@pytest.mark.one_database
def test_the_doctor_names_a_folder_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("mine")
    ended = liniya("doctor", "--data", str(path))
    assert ended.code == 1
    assert f"✗ {path} is a file" in ended.output


@pytest.mark.one_database
def test_settings_are_shown_without_their_secrets(call: Call) -> None:
    url = "smtp://robot:hush-hush@mail.example:587"
    shown = call("config", LINIYA_SMTP_URL=url, LINIYA_SECRET_KEY="very-secret").output
    assert "smtp_url = smtp://robot:***@mail.example:587  (LINIYA_SMTP_URL)" in shown
    assert "secret_key = ***" in shown
    assert "hush-hush" not in shown
    assert "very-secret" not in shown


def every_command() -> list[str]:
    return FolderOfCommands("liniya").list_commands(click.Context(FolderOfCommands("liniya")))


@pytest.mark.parametrize("name", every_command())
def test_each_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(FolderOfCommands("liniya"), [name, "--help"])
    assert result.exit_code == 0
    command: Any = FolderOfCommands("liniya").get_command(click.Context(click.Group()), name)
    assert command.help
    parts = [command, *getattr(command, "commands", {}).values()]
    unexplained = [
        option.name
        for part in parts
        for option in part.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert not unexplained


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru_RU.UTF-8", "«Линия», служба поддержки"), ("C.UTF-8", "Liniya, a help desk")],
)
def test_help_speaks_the_language_of_the_terminal(language: str, said: str) -> None:
    ended = liniya("--help", LANG=language, PYTHONIOENCODING="utf-8")
    assert ended.code == 0
    assert said in ended.output
    assert "create-admin" in ended.output


def test_an_unknown_command_is_refused_in_the_language_of_the_terminal() -> None:
    ended = liniya("fly", LANG="ru_RU.UTF-8", PYTHONIOENCODING="utf-8")
    assert ended.code == 2
    assert "Команды 'fly' нет." in ended.errors


def test_the_data_folder_is_chosen_by_option_then_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINIYA_DATA", raising=False)
    assert terminal.data_folder(None) == terminal.PROJECT / "data"
    monkeypatch.setenv("LINIYA_DATA", str(tmp_path / "variable"))
    assert terminal.data_folder(None) == tmp_path / "variable"
    assert terminal.data_folder(tmp_path / "option") == tmp_path / "option"


def test_the_search_is_made_anew(call: Call) -> None:
    refused = call("reindex")
    assert refused.exit_code == 2
    assert "bin/liniya migrate upgrade" in refused.output
    call("init")
    assert call("reindex").output.split("\n")[:2] == ["0 article texts.", "0 tickets."]


BAD = [
    ("SMTP_URL", "foo", "smtp://user:password@host:port"),
    ("SMTP_URL", "http://x", "smtp://user:password@host:port"),
    ("SMTP_URL", "smtp://", "smtp://user:password@host:port"),
    ("SMTP_URL", "smtp://host:abc", "smtp://user:password@host:port"),
    ("SMTP_URL", "smtp://:25", "smtp://user:password@host:port"),
    ("BASE_URL", "zzz", "https://help.example.com"),
    ("MAIL_FROM", "zzz", "support@example.com"),
    ("THREADS", "-1", "a whole number from 1"),
    ("THREADS", "many", "a whole number is wanted"),
    ("TRUSTED_PROXIES", "-2", "a whole number from 0"),
    ("SECURE_COOKIES", "maybe", "yes or no is wanted"),
    ("ASSETS", "zzz", "either cdn or local"),
]


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "value", "wanted"), BAD)
def test_a_setting_that_cannot_be_used_is_named(
    call: Call, name: str, value: str, wanted: str
) -> None:
    for command in ("config", "doctor"):
        result = call(command, **{f"LINIYA_{name}": value})
        assert f"LINIYA_{name} is “{value}”; " in result.output
        assert wanted in result.output
        assert result.exit_code


@pytest.mark.one_database
def test_a_refused_address_keeps_its_password(call: Call) -> None:
    said = call("config", LINIYA_SMTP_URL="smtp://robot:secret@host:abc").output
    assert "smtp://robot:***@host:abc" in said
