"""How mails look: one letter, as plain text and as HTML, in its reader's language."""

import re
import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from core import i18n
from core.i18n import N_, _
from core.web import absolute
from desk import access, settings
from models import Case, StatusCategory

FOLDER = Path(__file__).parent.parent / "templates" / "mail"
WIDTH = 68
SHORT = 160  # characters of what stands beside an item

STEPS = (N_("Received"), N_("In progress"), N_("Waiting for you"), N_("Solved"))
STEP_OF = {
    StatusCategory.NEW: 0,
    StatusCategory.OPEN: 1,
    StatusCategory.PENDING: 2,
    StatusCategory.SOLVED: 3,
    StatusCategory.CLOSED: 3,
}


@dataclass(frozen=True)
class Item:
    """One of several things that a letter tells of."""

    title: str
    about: str
    address: str


@dataclass(frozen=True)
class Letter:
    """What a mail says. `paragraphs` are plain text; `quote` is shown set off, `below` stands under
    it; `path` draws the four steps of a request; `button` and `footer` = (words, address)."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    quote: str = ""
    below: list[str] = field(default_factory=list)
    button: tuple[str, str] | None = None
    after: str = ""
    case: Case | None = None
    path: bool = False
    reason: str = ""
    footer: tuple[str, str] | None = None


def rendered(letter: Letter) -> tuple[str, str]:
    """Plain text and HTML in the language in force (core.i18n.use_locale)."""
    known = {
        "letter": letter,
        "company": settings.get(f"company_name_{i18n.locale()}"),
        "steps": [_(step) for step in STEPS] if letter.path else [],
        "step": STEP_OF[StatusCategory(letter.case.category)] if letter.case else 0,
        "locale": i18n.locale(),
        "contacts": [
            c for c in (settings.get("support_phone"), settings.get("support_email")) if c
        ],
    }
    text, html = (_template(name).render(known) for name in ("letter.txt", "letter.html"))
    return text.strip() + "\n", html


def wrap(
    body: str, *, title: str, case: Case, to_client: bool, has_link: bool = True
) -> tuple[str, str]:
    """A text that an administrator wrote for a case, as a letter with its link."""
    button = (_("Open the request"), link_of(case, to_client=to_client))
    return rendered(
        Letter(
            title=title,
            paragraphs=paragraphs_of(body),
            button=button if has_link else None,
            after=_("To add something, open the request and write there.") if to_client else "",
            case=case,
            path=to_client,
            reason=client_reason() if to_client else "",
        )
    )


def paragraphs_of(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def link_of(case: Case, *, to_client: bool) -> str:
    """The safe link for a client, the workspace for the staff."""
    if to_client:
        return absolute(f"/r/{access.link_token(case)}")
    return absolute(f"/agent/t/{case.number}")


def harmless(text: str, case: Case) -> str:
    """A letter to a client as others may look at it: the workspace's link where the safe one stood,
    which lets its reader in and speak as the client."""
    link = re.escape(absolute("/r/")) + r"[\w.~-]+"
    return re.sub(link, lambda _mark: link_of(case, to_client=False), text)


def client_reason() -> str:
    company = settings.get(f"company_name_{i18n.locale()}")
    return _(
        "You get this e-mail because you wrote to the support of %(company)s.", company=company
    )


def folded(text: str) -> str:
    """Lines of at most 68 characters; addresses are never broken."""
    return "\n".join(map(_folded, text.split("\n")))


_WRAPPER = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)


def _folded(line: str) -> str:
    if len(line) <= WIDTH and line.isprintable():  # no white space but blanks
        return line.rstrip()
    return "\n".join(_WRAPPER.wrap(line))


def broken(text: str) -> Markup:
    """Its lines, one below another."""
    return Markup("<br>").join(text.split("\n"))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in folded(text).split("\n"))


@cache
def _template(name: str) -> Template:
    return _templates().get_template(name)


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(i18n.gettext, i18n.plural_form, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(folded=folded, quoted=quoted, broken=broken)
    return env
