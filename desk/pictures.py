"""Pictures of articles: taken in anew, so that nothing but the picture is left of a file."""

import io
import re
from collections.abc import Iterable

from PIL import Image, ImageOps
from sqlalchemy import select

from core import clock
from core.db import db, put_if_absent
from core.i18n import _
from core.storage import Storage
from desk.errors import Invalid
from models import Participant, Picture

LARGEST = 10 * 1024 * 1024  # bytes, as it is sent
MOST_PIXELS = 40_000_000  # of all frames: 160 MB while it is read
WIDEST, HIGHEST = 2_000, 8_000  # what is larger is made smaller
KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
ADDRESS = re.compile(r"/pictures/([0-9a-f]{32})\.(?:png|jpg|gif|webp)")
_KEY = 32
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, MemoryError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


def take(storage: Storage, content: bytes, *, by: Participant | None) -> Picture:
    """Put a picture away; the same one again is the same row. Invalid for what is none, or too
    large. Places, cameras and other remarks that the file may hold are left out."""
    if len(content) > LARGEST:
        raise Invalid(_("The picture is larger than %(n)s MB.", n=LARGEST // 1024**2), "picture")
    kind, made, (width, height) = _made_anew(content)
    stored = storage.put(made)
    put_if_absent(
        Picture,
        key=stored[:_KEY],
        storage_key=stored,
        content_type=f"image/{'jpeg' if kind == 'jpg' else kind}",
        width=width,
        height=height,
        size=len(made),
        by_id=by.id if by else None,
        at=clock.now(),
    )
    return db.session.get_one(Picture, stored[:_KEY])


def address(picture: Picture) -> str:
    kind = picture.content_type.removeprefix("image/")
    return f"/pictures/{picture.key}.{'jpg' if kind == 'jpeg' else kind}"


def sizes(addresses: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Width and height of those of the addresses that are our pictures."""
    keys = {match[1]: each for each in addresses if (match := ADDRESS.fullmatch(each))}
    rows = db.session.scalars(select(Picture).where(Picture.key.in_(keys))) if keys else ()
    return {keys[row.key]: (row.width, row.height) for row in rows}


def _made_anew(content: bytes) -> tuple[str, bytes, tuple[int, int]]:
    try:
        with Image.open(io.BytesIO(content), formats=tuple(KINDS)) as image:
            frames = getattr(image, "n_frames", 1) if image.format in ("GIF", "WEBP") else 1
            if image.width * image.height * frames > MOST_PIXELS:
                raise Invalid(_("The picture has too many pixels."), "picture")
            kind = str(image.format)
            return KINDS[kind], *_saved(image, kind, moves=frames > 1)
    except _BROKEN as error:
        why = _("This is no picture: PNG, JPEG, GIF and WebP are taken.")
        raise Invalid(why, "picture") from error


def _saved(image: Image.Image, kind: str, *, moves: bool) -> tuple[bytes, tuple[int, int]]:
    made = io.BytesIO()
    if moves:
        image.save(made, kind, save_all=True)
        return made.getvalue(), image.size
    colours = image.info.get("icc_profile")
    still = ImageOps.exif_transpose(image)
    still.thumbnail((WIDEST, HIGHEST))
    clean = still.copy()
    clean.info = {}
    if "transparency" in still.info:
        clean.info["transparency"] = still.info["transparency"]
    clean.save(made, kind, quality=88, optimize=True, icc_profile=colours, exif=b"")
    return made.getvalue(), clean.size
