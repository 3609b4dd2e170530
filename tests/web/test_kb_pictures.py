"""Pictures that are pasted into articles: taken in anew, shown to readers, nothing else gets in."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from core import bus
from core.db import db
from models import ArticleText, Picture, Staff
from tests.support.client import Client as Browser
from tests.support.faq import answer
from tests.support.people import sign_in, token_of


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    answer("Есть")
    return sign_in(client, masha)


def drawn(kind: str = "PNG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "orange").save(made, kind, **more)
    return made.getvalue()


def send(desk: Browser, content: bytes, name: str = "image.png") -> Any:
    token = token_of(desk, "/agent/kb/new")
    file = FileStorage(io.BytesIO(content), name)
    data = {"picture": file, "csrf_token": token}
    return desk.post("/agent/kb/pictures", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize(
    ("kind", "ending", "shown"),
    [
        ("PNG", "png", "image/png"),
        ("JPEG", "jpg", "image/jpeg"),
        ("GIF", "gif", "image/gif"),
        ("WEBP", "webp", "image/webp"),
    ],
)
def test_a_picture_is_taken_and_shown(desk: Browser, kind: str, ending: str, shown: str) -> None:
    told = send(desk, drawn(kind)).json
    assert told["address"].endswith(f".{ending}")
    reader = desk.application.test_client()
    seen = reader.get(told["address"])
    assert (seen.status_code, seen.content_type) == (200, shown)
    assert Image.open(io.BytesIO(seen.data)).size == (60, 40)
    assert "immutable" in seen.headers["Cache-Control"]
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    again = reader.get(told["address"], headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 304
    other = "gif" if ending == "png" else "png"
    assert reader.get(told["address"].replace(f".{ending}", f".{other}")).status_code == 404


def test_the_same_picture_is_one(desk: Browser) -> None:
    assert send(desk, drawn()).json == send(desk, drawn()).json
    with bus.unit_of_work(writes=False):
        assert db.session.query(Picture).count() == 1


def test_where_it_was_taken_is_left_out_and_it_stands_upright(desk: Browser) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010E] = "Тайный дом"
    told = send(desk, drawn("JPEG", exif=exif, comment=b"secret")).json
    seen = desk.get(told["address"]).data
    assert b"secret" not in seen
    image = Image.open(io.BytesIO(seen))
    assert (image.size, dict(image.getexif())) == ((40, 60), {})


def test_a_large_one_is_made_smaller_and_a_moving_one_moves_on(desk: Browser) -> None:
    wide = send(desk, drawn(size=(4000, 1000))).json["address"]
    assert Image.open(io.BytesIO(desk.get(wide).data)).size == (2000, 500)
    frames = [Image.new("RGB", (20, 20), each) for each in ("red", "green", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    moving = send(desk, made.getvalue(), "a.gif").json["address"]
    assert Image.open(io.BytesIO(desk.get(moving).data)).n_frames == 3  # type: ignore[attr-defined]


def bomb() -> bytes:
    """50,000 by 50,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        drawn()[:60],
        drawn("BMP"),
        bomb(),
        drawn(size=(7000, 7000)),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    ],
    ids=["empty", "html", "svg", "half", "bmp", "bomb", "pixels", "junk"],
)
def test_what_is_no_picture_is_refused(desk: Browser, content: bytes) -> None:
    answered = send(desk, content)
    assert answered.status_code == 422
    assert answered.json["error"]
    with bus.unit_of_work(writes=False):
        assert db.session.query(Picture).count() == 0


def test_html_behind_a_picture_does_not_stay(desk: Browser) -> None:
    told = send(desk, drawn() + b"<script>alert(1)</script>").json
    assert b"script" not in desk.get(told["address"]).data


def test_too_large_and_without_rights(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.pictures.LARGEST", 500)
    assert "больше" in send(desk, drawn("BMP")).json["error"]
    assert send(desk, b"\0" * 500).status_code == 422
    stranger = desk.application.test_client()
    assert stranger.post("/agent/kb/pictures").status_code in (302, 303, 400, 419)
    assert stranger.get(f"/pictures/{'0' * 32}.png").status_code == 404


def test_an_article_keeps_the_place_of_its_pictures(desk: Browser) -> None:
    address = send(desk, drawn()).json["address"]
    number = answer("С рисунком", slug="pic", body="Старое.")
    form = "form[data-unsaved]"
    body = f"Смотрите:\n\n![Кнопка]({address})\n\n![чужая](https://example.com/a.png)"
    desk.submit(f"/agent/kb/{number}?lang=ru", form, title="С рисунком", body=body)
    with bus.unit_of_work(writes=False):
        html = db.session.query(ArticleText.html).filter_by(article_id=number).scalar()
    assert f'src="{address}"' in html
    assert 'width="60" height="40"' in html
    assert 'alt="Кнопка"' in html
    page = desk.get(f"/agent/kb/{number}?lang=ru")
    token = token_of(desk, "/agent/kb/new")
    told = desk.post("/agent/kb/preview", data={"body": body, "csrf_token": token})
    assert page.status_code == 200
    assert "https://example.com/a.png" in told.text.partition("callout")[2]
    assert f"{address}:" not in told.text
