"""One article in one language as a file: a head of `key: value` lines, then Markdown."""

import re
from dataclasses import dataclass, field

from core.i18n import LOCALES, _
from desk.errors import Invalid
from models import ArticleState

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"\A\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)")


@dataclass(frozen=True)
class Piece:
    """`key` = what the languages of one article share; `section` = a name or an address; `old` =
    addresses that are to lead to it."""

    key: str
    locale: str
    title: str
    body: str
    section: str = ""
    summary: str = ""
    aliases: tuple[str, ...] = ()
    state: str = ArticleState.DRAFT
    old: tuple[str, ...] = field(default=())


def written(piece: Piece) -> str:
    head = [
        ("title", piece.title),
        ("section", piece.section),
        ("state", piece.state),
        ("summary", piece.summary),
        *(("alias", each) for each in piece.aliases),
        *(("old", each) for each in piece.old),
    ]
    lines = [f"{key}: {' '.join(value.split())}" for key, value in head if value]
    return "\n".join(["---", *lines, "---", "", piece.body, ""])


def read(text: str, *, key: str, locale: str, section: str = "") -> Piece:
    """Of a Markdown file, with a head or without. Invalid when there is no title or state."""
    text = text.replace("\r\n", "\n")
    found = _HEAD.match(text)
    head = _head(found[1]) if found else {}
    body = text[found.end() :] if found else text
    title = _one(head, "title")
    if not title and (first := _TITLE.match(body)):
        title, body = first[1], body[first.end() :]
    return piece_of({**head, "title": [title]}, body, key=key, locale=locale, section=section)


def piece_of(
    head: dict[str, list[str]], body: str, *, key: str, locale: str, section: str = ""
) -> Piece:
    """Invalid when something is not as it must be."""
    state = _one(head, "state") or ArticleState.DRAFT
    locale = _one(head, "locale") or _one(head, "lang") or locale
    if not _one(head, "title"):
        raise Invalid(_("There is no title."))
    if not body.strip():
        raise Invalid(_("There is no text."))
    if state not in set(ArticleState):
        raise Invalid(_("%(state)s: a state is draft, internal or published.", state=state))
    if locale not in LOCALES:
        raise Invalid(_("%(language)s: a language is ru or en.", language=locale))
    return Piece(
        key=key,
        locale=locale,
        title=_one(head, "title"),
        body=body.strip(),
        section=_one(head, "section") or _one(head, "category") or section,
        summary=_one(head, "summary") or _one(head, "description"),
        aliases=tuple(head.get("alias", [])),
        state=state,
        old=tuple(each for each in head.get("old", []) if each.startswith("/")),
    )


def _head(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if colon and value:
            found.setdefault(key.strip().lower(), []).append(value)
    return found


def _one(head: dict[str, list[str]], key: str) -> str:
    return head.get(key, [""])[0].strip()
