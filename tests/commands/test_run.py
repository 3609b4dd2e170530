"""bin/run: what it says and does from the first start to the last signal."""

import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.programs import Ended, liniya, program, running

FILLING = "Filling the database with the demo company; half a minute, once.\n"


def is_plain_refusal(ended: Ended) -> bool:
    return ended.code == 2 and "Traceback" not in ended.errors and len(ended.errors) < 500


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_answers_and_ends_cleanly(
    private_data: Path,
    free_port: int,
    number: signal.Signals,
    record_property: Callable[[str, object], None],
) -> None:
    with running("--data", str(private_data), "--port", str(free_port), "--no-demo") as started:
        with urlopen(f"http://127.0.0.1:{free_port}/healthz") as answer:
            assert answer.status == 200
        ended, took = started.end(number)
    assert ended.code == 0
    assert ended.errors == ""
    assert "Liniya has stopped." in ended.output
    assert took < 10_000  # two seconds is the promise; this machine may be busy with other tests
    record_property("stop, ms", round(took))


def test_without_demo_it_says_how_to_make_an_administrator(
    private_data: Path, free_port: int
) -> None:
    with running("--data", str(private_data), "--port", str(free_port), "--no-demo") as started:
        assert "bin/liniya create-admin" in "".join(started.lines)


def test_the_demo_company_is_loaded_once_and_its_people_are_named(
    private_data: Path, free_port: int, record_property: Callable[[str, object], None]
) -> None:
    arguments = ("--data", str(private_data), "--port", str(free_port))
    with running(*arguments) as first:
        assert FILLING in first.lines
        assert any("@" in line for line in first.lines)
        first.end()
    with running(*arguments) as second:
        assert FILLING not in second.lines
        assert any("@" in line for line in second.lines)
        second.end()
    record_property("first start, ms", round(first.ready_ms))
    record_property("second start, ms", round(second.ready_ms))


def test_it_speaks_russian_in_a_russian_terminal(private_data: Path, free_port: int) -> None:
    arguments = ("--data", str(private_data), "--port", str(free_port), "--no-demo")
    with running(*arguments, LANG="ru_RU.UTF-8", PYTHONIOENCODING="utf-8") as started:
        assert f"«Линия» работает: http://127.0.0.1:{free_port}\n" in started.lines


def test_a_taken_port_is_named_and_a_free_one_offered(private_data: Path, taken_port: int) -> None:
    ended = liniya("run", "--data", str(private_data), "--port", str(taken_port))
    assert is_plain_refusal(ended)
    assert f"Port {taken_port}" in ended.errors
    offered = int(re.search(r"--port (\d+)", ended.errors)[1])
    socket.create_server(("127.0.0.1", offered)).close()
    assert not private_data.exists()


def test_a_taken_port_leaves_the_old_data_where_it_is(private_data: Path, taken_port: int) -> None:
    private_data.mkdir()
    ended = liniya("run", "--data", str(private_data), "--port", str(taken_port), "--fresh")
    assert is_plain_refusal(ended)
    assert private_data.exists()


def test_an_address_of_another_machine_is_refused(private_data: Path, free_port: int) -> None:
    arguments = ("--data", str(private_data), "--host", "192.0.2.1", "--port", str(free_port))
    ended = liniya("run", *arguments)
    assert is_plain_refusal(ended)
    assert "192.0.2.1" in ended.errors


def test_a_file_where_the_folder_should_be(tmp_path: Path, free_port: int) -> None:
    path = tmp_path / "data"
    path.write_text("mine")
    ended = liniya("run", "--data", str(path), "--port", str(free_port))
    assert is_plain_refusal(ended)
    assert f"{path} is a file" in ended.errors


def test_a_folder_that_may_not_be_written_to(private_data: Path, free_port: int) -> None:
    private_data.mkdir()
    private_data.chmod(0o555)
    without_rights = (
        "import encodings.idna, os\n"
        "from commands.__main__ import main\n"
        "import commands.run\n"
        "if os.geteuid() == 0: os.seteuid(65534)  # root may write anywhere\n"
        f"main(['run', '--data', {str(private_data)!r}, '--port', '{free_port}'])\n"
    )
    ended = program(sys.executable, "-P", "-c", without_rights)
    assert is_plain_refusal(ended)
    assert str(private_data) in ended.errors
    assert "--data DIR" in ended.errors


def test_a_disk_that_is_full(private_data: Path, free_port: int) -> None:
    with_small_files = (
        "import resource\n"
        "from commands.__main__ import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        f"main(['run', '--no-demo', '--data', {str(private_data)!r}, '--port', '{free_port}'])\n"
    )
    ended = program(sys.executable, "-P", "-c", with_small_files)
    assert is_plain_refusal(ended)
    assert str(private_data) in ended.errors


def test_fresh_on_a_file_is_refused_too(tmp_path: Path, free_port: int) -> None:
    path = tmp_path / "data"
    path.write_text("mine")
    ended = liniya("run", "--data", str(path), "--port", str(free_port), "--fresh")
    assert is_plain_refusal(ended)
    assert path.read_text() == "mine"


def test_a_file_that_is_no_database(private_data: Path, free_port: int) -> None:
    private_data.mkdir()
    (private_data / "liniya.sqlite3").write_text("not a database, " * 200)
    ended = liniya("run", "--data", str(private_data), "--port", str(free_port))
    assert is_plain_refusal(ended)
    assert "file is not a database" in ended.errors


def test_a_database_server_that_is_away(private_data: Path, free_port: int) -> None:
    url = "postgresql://liniya:secret-word@127.0.0.1:1/liniya"
    arguments = ("run", "--data", str(private_data), "--port", str(free_port))
    ended = liniya(*arguments, LINIYA_DATABASE_URL=url)
    assert ended.code == 2
    assert "Traceback" not in ended.errors
    assert "secret-word" not in ended.errors


def test_a_database_of_a_newer_version(private_data: Path, free_port: int) -> None:
    liniya("init", "--data", str(private_data))
    with sqlite3.connect(private_data / "liniya.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ended = liniya("run", "--data", str(private_data), "--port", str(free_port))
    assert is_plain_refusal(ended)
    assert "9999" in ended.errors


def test_a_setting_that_makes_no_sense(private_data: Path) -> None:
    ended = liniya("run", "--data", str(private_data), LINIYA_THREADS="many")
    assert is_plain_refusal(ended)
    assert "LINIYA_THREADS" in ended.errors


def test_fresh_keeps_the_old_folder_under_another_name(private_data: Path, free_port: int) -> None:
    private_data.mkdir()
    (private_data / "kept").write_text("of value")
    arguments = ("--data", str(private_data), "--port", str(free_port), "--no-demo", "--fresh")
    with running(*arguments):
        (aside,) = private_data.parent.glob("data.*")
        assert (aside / "kept").read_text() == "of value"
        assert not (private_data / "kept").exists()


def test_fresh_is_refused_while_the_folder_is_in_use(private_data: Path, free_port: int) -> None:
    arguments = ("--data", str(private_data), "--no-demo")
    with running(*arguments, "--port", str(free_port)):
        ended = liniya("run", *arguments, "--port", str(another_port()), "--fresh")
    assert is_plain_refusal(ended)
    assert str(private_data) in ended.errors


SECOND = {
    "C.UTF-8": "Another Liniya works with the folder {folder} already: {url}.",
    "ru_RU.UTF-8": "С папкой {folder} уже работает другая «Линия»: {url}.",
}


def test_a_second_server_on_the_same_folder_is_told_of_the_first(
    private_data: Path, free_port: int
) -> None:
    arguments = ("--data", str(private_data), "--no-demo", "--port")
    url = f"http://127.0.0.1:{free_port}"
    with running(*arguments, str(free_port)) as first:
        for port in (free_port, another_port()):
            for spoken, said in SECOND.items():
                told = {"LANG": spoken, "PYTHONIOENCODING": "utf-8"}
                ended = liniya("run", *arguments, str(port), **told)
                assert is_plain_refusal(ended)
                assert said.format(folder=private_data, url=url) in ended.errors
        assert liniya("doctor", "--data", str(private_data)).code != 2
        assert liniya("reindex", "--data", str(private_data)).code == 0
        with urlopen(f"{url}/healthz") as answer:
            assert answer.status == 200
        first.end(signal.SIGKILL)
    with running(*arguments, str(free_port)) as second:
        assert second.lines


def another_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_fresh_is_refused_for_a_database_on_a_server(private_data: Path, free_port: int) -> None:
    arguments = ("run", "--data", str(private_data), "--port", str(free_port), "--fresh")
    ended = liniya(*arguments, LINIYA_DATABASE_URL="postgresql://127.0.0.1:1/liniya")
    assert is_plain_refusal(ended)
    assert "LINIYA_DATABASE_URL" in ended.errors


def test_a_first_start_that_was_cut_off_begins_again(private_data: Path, free_port: int) -> None:
    liniya("init", "--data", str(private_data))
    (private_data / "first-start").touch()
    with sqlite3.connect(private_data / "liniya.sqlite3") as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.execute("DROP TABLE staff")
    connection.close()
    arguments = ("--data", str(private_data), "--port", str(free_port), "--no-demo")
    with running(*arguments) as started:
        started.end()
    assert not (private_data / "first-start").exists()
    assert os.listdir(private_data)
