"""What somebody wrote in a form that came too late: kept on the page, through a sign-in too."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from flask_login import current_user

from blueprints.guards import GUARDS
from core.web import safe_next

FIELD = "unsent"
REDRAW = "redraw"  # a field of editors: the address that draws the form again, and saves nothing
KEYS = ("csrf_token", "form_key")
OPEN = "everybody"
LONG = 80  # letters; what is shorter is not shown apart


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
    def texts(self) -> list[str]:
        return [value for name, value in self.fields if is_text(name, value)]


def is_text(name: str, value: str) -> bool:
    """Something that a person wrote, to be seen and mended before it is sent."""
    return name == "text" or "\n" in value or len(value) > LONG


def of_request() -> Unsent:
    fields = ((name, text) for name, text in request.form.items(multi=True) if name not in KEYS)
    return Unsent(request.full_path.rstrip("?"), tuple(fields), bool(request.files))


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


def shown_page() -> str:
    """The page with the form, as the browser tells it; empty when that is no page of ours."""
    shown = urlsplit(request.referrer or "")
    if shown.netloc != request.host:
        return ""
    return safe_next(f"{shown.path}?{shown.query}" if shown.query else shown.path, "")
