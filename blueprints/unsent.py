"""What somebody wrote in a form that came too late: kept on the page, through a sign-in too."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from flask_login import current_user

from blueprints.guards import GUARDS
from core.web import safe_next

FIELD = "unsent"
REDRAW = "redraw"  # a field of editors: the address that draws the form again, and saves nothing
KEYS = ("csrf_token", "form_key")
KEPT = "kept"  # a field of forms that keep.js looks after; later the key under which it does
READER = "X-Page-Of"  # scripts tell for whom the page was drawn
OPEN = "everybody"
LONG = 80  # letters; what is shorter is not shown apart
_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


class SentOtherwise(Exception):
    """The form was sent before under its key, with something else in it."""


@dataclass(frozen=True)
class Unsent:
    """`address` = a path of ours, where the form was sent to; files are not kept, only told of."""

    address: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool = False

    def packed(self) -> str:
        return json.dumps([self.address, self.fields, self.had_files], ensure_ascii=False)

    @property
    def redraw(self) -> str:
        """Where the editor is drawn with all of it; empty for a form that is no editor."""
        return safe_next(dict(self.fields).get(REDRAW), "")

    @property
    def is_kept(self) -> bool:
        """In this browser too, by keep.js: the page of the form will have it again."""
        return any(name == KEPT for name, _text in self.fields)

    @property
    def texts(self) -> list[str]:
        return [value for name, value in self.fields if is_text(name, value)]


def is_text(name: str, value: str) -> bool:
    """Something that a person wrote, to be seen and mended before it is sent."""
    return name == "text" or "\n" in value or len(value) > LONG


def of_request() -> Unsent:
    named = (each for each in request.form.items(multi=True) if each[0] not in KEYS)
    fields = tuple((name, kept_key() if name == KEPT else text) for name, text in named)
    had_files = any(file.filename for file in request.files.values())
    return Unsent(request.full_path.rstrip("?"), fields, had_files)


def kept_key() -> str:
    """Of the form as it was when keep.js took it; empty for a form that it does not look after."""
    said = request.form.get(KEPT, "")
    return said if _KEY.fullmatch(said) else said and request.form.get("form_key", "")


def unpacked(text: str | None) -> Unsent | None:
    """As `Unsent.packed` gave it; None for anything else."""
    try:
        address, fields, had_files = json.loads(text or "")
        kept = tuple((str(name), str(value)) for name, value in fields)
    except (ValueError, TypeError, RecursionError):
        return None
    return Unsent(address, kept, bool(had_files)) if _is_ours(address) else None


def _is_ours(address: object) -> bool:
    return isinstance(address, str) and safe_next(address, "") == address != ""


def needs_sign_in() -> bool:
    """Whether this request is for people who are signed in, and nobody is."""
    who = GUARDS.get(request.blueprint or "", OPEN)
    return who != OPEN and not current_user.is_authenticated


def is_anothers() -> bool:
    """Whether the page was drawn for somebody else than who is signed in now."""
    reader = request.headers.get(READER)
    return bool(reader) and current_user.is_authenticated and reader != str(current_user.id)


def shown_page() -> str:
    """The page with the form, as the browser tells it; empty when that is no page of ours."""
    shown = urlsplit(request.referrer or "")
    if shown.netloc != request.host:
        return ""
    return safe_next(f"{shown.path}?{shown.query}" if shown.query else shown.path, "")
