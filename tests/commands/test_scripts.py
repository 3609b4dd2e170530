"""bin/: finding a Python and making the environment, where it can't be done and why."""

import os
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from core.config import Config
from tests.support.programs import ROOT, program

RUN = str(ROOT / "bin" / "run")
TOOLS = ("dirname", "cksum", "cat", "tail", "id", "sh", "mkdir")


@pytest.fixture
def bare_path(tmp_path: Path) -> Path:
    """A PATH with the tools of the scripts and no Python."""
    folder = tmp_path / "path"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def stand_in(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_an_old_python_is_named(bare_path: Path, tmp_path: Path) -> None:
    stand_in(bare_path, "python3", 'case "$2" in *print*) echo 3.8.10;; *) exit 1;; esac')
    ended = program(RUN, PATH=str(bare_path), LINIYA_VENV=str(tmp_path / "venv"))
    assert ended.code == 2
    assert "needs Python 3.11 or newer; found here: python3 3.8.10" in ended.errors


def test_no_python_at_all(bare_path: Path, tmp_path: Path) -> None:
    path = {"PATH": str(bare_path), "LINIYA_VENV": str(tmp_path / "venv")}
    ended = program(RUN, **path, LANG="ru_RU.UTF-8")
    assert ended.code == 2
    assert "нужен Python 3.11 или новее" in ended.errors


def test_without_network_it_says_what_to_do(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1/simple"
    ended = program(
        RUN,
        LINIYA_VENV=str(tmp_path / "venv"),
        PIP_CONFIG_FILE=os.devnull,
        PIP_INDEX_URL=nowhere,
        UV_INDEX_URL=nowhere,
        UV_CACHE_DIR=str(tmp_path / "cache"),
        PIP_NO_CACHE_DIR="1",
    )
    assert ended.code == 2
    assert "No network here?" in ended.errors
    assert "pip download -r requirements.txt -d wheels" in ended.errors
    assert "Traceback" not in ended.errors


def test_a_place_where_no_environment_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = program(RUN, LINIYA_VENV=str(tmp_path / "file" / "venv"))
    assert ended.code == 2
    assert "can't be made" in ended.errors


def test_settings_are_read_from_the_file_unless_they_are_set(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / ".env").write_text(
        "# comment\nLINIYA_PORT=5001\nLINIYA_HOST=0.0.0.0\nPATH=/nowhere\n"
        "LINIYA_X;touch stolen=1\nLINIYA_MAIL_FROM=a=b@example.ru"
    )
    script = f"""
        . {ROOT}/bin/environment.sh
        root={tmp_path}
        read_settings
        echo "$LINIYA_PORT $LINIYA_HOST $LINIYA_MAIL_FROM"
    """
    ended = program("sh", "-c", script, RUN, LINIYA_PORT="6000")
    assert ended.output == "6000 0.0.0.0 a=b@example.ru\n"
    assert not (tmp_path / "stolen").exists()


def test_the_example_names_every_setting() -> None:
    named = (ROOT / ".env.example").read_text()
    missing = [f.name for f in fields(Config) if f"LINIYA_{f.name.upper()}=" not in named]
    assert missing == ["testing"]
