"""Where compiled translations are kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import i18n


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "desk.po").write_text('msgid "Line"\nmsgstr "Линия"\n', encoding="utf-8")
    monkeypatch.setattr(i18n, "FOLDER", tmp_path)
    i18n._translations.cache_clear()
    yield tmp_path / "ru"
    i18n._translations.cache_clear()


def test_they_are_compiled_beside_their_sources(folder: Path) -> None:
    with i18n.use_locale("ru"):
        assert i18n._("Line") == "Линия"
    assert (folder / "messages.mo").is_file()


def test_a_folder_that_may_not_be_written_to_is_no_hindrance(folder: Path) -> None:
    (folder / "messages.mo").mkdir()  # as root no mode of a folder would stop us
    with i18n.use_locale("ru"):
        assert i18n._("Line") == "Линия"
    assert (folder / "messages.mo").is_dir()
