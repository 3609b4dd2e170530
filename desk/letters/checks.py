"""What is wrong with a text before it is kept: unknown variables with their place, too long."""

import re
from difflib import get_close_matches

from core.i18n import _
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.shape import MAX_LINE, MAX_TEXT
from desk.automation.templates import MARK
from desk.errors import Invalid
from desk.letters.kind import OWN, Kind, Words

_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")


def checked(kind: Kind, words: Words) -> Words:
    """In one shape. Invalid, its field = subject, title or body."""
    subject, title = _line(words.subject), _line(words.title)
    body = words.body.replace("\r\n", "\n").replace("\0", "").strip()
    if not subject:
        raise Invalid(_("Write a subject."), "subject")
    if not body and not kind.body_may_be_empty:
        raise Invalid(_("Write a text."), "body")
    for name, text, most in (
        ("subject", subject, MAX_LINE),
        ("title", title, MAX_LINE),
        ("body", body, MAX_TEXT),
    ):
        if len(text) > most:
            raise Invalid(_("It is longer than %(n)s characters.", n=most), name)
        _check_variables(kind, text, name)
    return Words(subject, body, title)


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _check_variables(kind: Kind, text: str, field: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        wrong = next((name for name in MARK.findall(line) if not kind.allows(name)), None)
        stray = _BRACES.search(MARK.sub("", line))
        problem = ""
        if wrong is not None:
            problem = _unknown(kind, wrong)
        elif stray:
            problem = _(
                "“%(braces)s” stands alone: a variable looks like {{ company }}.", braces=stray[0]
            )
        if problem and field == "body":
            raise Invalid(_("Line %(number)s: %(problem)s", number=number, problem=problem), field)
        if problem:
            raise Invalid(problem, field)


def _unknown(kind: Kind, name: str) -> str:
    if name in OWN or name in PLACEHOLDERS:
        return _("{{ %(name)s }} can't stand in this letter.", name=name)
    near = get_close_matches(name, kind.variables, n=1)
    if near:
        return _("There is no variable {{ %(name)s }}. {{ %(near)s }}?", name=name, near=near[0])
    return _("There is no variable {{ %(name)s }}.", name=name)
