"""Files of articles on their page, by command, and old addresses that lead on."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from commands.kb import kb
from core import bus
from core.db import db
from models import Article, OldAddress, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled
from tests.support.faq import answer
from tests.support.people import sign_in

PAGE = "/agent/kb/files"
FILE = "---\ntitle: Адрес\nstate: published\nold: /hc/ru/articles/360\n---\n\nТекст\n"


@pytest.fixture
def head(client: Browser, olga: Staff) -> Browser:
    return sign_in(client, olga)


def sends(head: Browser, *files: tuple[str, bytes], **more: str) -> str:
    form = filled(head.soup(PAGE).select_one("main form"))
    form.pop("files", None)
    given = [(io.BytesIO(content), name) for name, content in files]
    answered = head.post("/agent/kb/import", data={**form, **more, "files": given})
    assert answered.status_code == (200 if files else 422)
    return answered.get_data(as_text=True)


def test_a_look_then_in_then_out(head: Browser) -> None:
    looked = sends(head, ("adres.ru.md", FILE.encode()), ("x.png", b"1"), look="1")
    assert "Новых: 1" in looked
    assert "x.png" in looked
    assert db.session.query(Article).count() == 0
    assert "Загружено." in sends(head, ("adres.ru.md", FILE.encode()))
    article = db.session.query(Article).one()
    led = head.get("/hc/ru/articles/360")
    assert (led.status_code, led.location) == (301, f"/ru/a/{article.id}-adres")
    assert head.get("/en/hc/ru/articles/360").location == f"/en/a/{article.id}-adres"
    assert head.get("/hc/ru/articles/361").status_code == 404
    with zipfile.ZipFile(io.BytesIO(head.get("/agent/kb/export.zip").data)) as archive:
        (name,) = archive.namelist()
        assert archive.read(name).decode() == (
            "---\ntitle: Адрес\nsection: zagruzheno\nstate: published\n"
            "old: /hc/ru/articles/360\n---\n\nТекст\n"
        )
    assert "Выберите файлы" in sends(head)


def test_an_address_of_a_draft_leads_nowhere(head: Browser) -> None:
    number = answer("Адрес", slug="adres")
    with bus.unit_of_work():
        db.session.add(OldAddress(path="/old/page", article_id=number))
    assert head.get("/old/page").status_code == 301
    head.submit(f"/agent/kb/{number}?lang=ru", "form[action$='/state']", state="draft")
    assert head.get("/old/page").status_code == 404


def test_who_may(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    for page in (PAGE, "/agent/kb/export.zip"):
        assert client.get(page).status_code == 403


@pytest.mark.one_database
def test_by_command(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commands.kb.opened", lambda _config: app.app_context())
    monkeypatch.setattr("commands.kb.settings", lambda _data: None)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "adres.ru.md").write_text(FILE, encoding="utf-8")
    (tmp_path / "in" / "note.txt").write_text("нет", encoding="utf-8")
    run = CliRunner().invoke
    assert run(kb, ["import", str(tmp_path / "in"), "--dry-run"]).exit_code == 0
    assert db.session.query(Article).count() == 0
    db.session.rollback()
    assert "1" in run(kb, ["import", str(tmp_path / "in")]).output
    assert run(kb, ["export", str(tmp_path / "out")]).exit_code == 0
    (written,) = (tmp_path / "out").rglob("*.md")
    assert "Текст" in written.read_text(encoding="utf-8")
    (tmp_path / "bad.zip").write_bytes(b"x")
    assert run(kb, ["import", str(tmp_path / "bad.zip")]).exit_code != 0
