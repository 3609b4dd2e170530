"""Texts become letters. What was worded anew and can't be drawn gives way to our own text."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace

from core.db import db
from core.i18n import DEFAULT_LOCALE, N_, _, locale, use_locale
from desk.automation.placeholder import Reader, Scene
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.templates import MARK
from desk.letters import stored
from desk.letters.kind import Drawn, Given, Kind, Words
from desk.mails import paragraphs_of

log = logging.getLogger("liniya.letters")

MAX_RESULT = 200_000  # characters; an answer may have a quarter of that
QUOTE = ">"

Value = Callable[[str], str]


class Undrawable(Exception):
    """A text that makes no letter of this ticket. Says so in the language then in force."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message, values)

    def __str__(self) -> str:
        message, values = self.args
        return _(message, **values)


def drawn(kind: Kind, given: Given, *, keeps: bool = True) -> Drawn:
    """In the language in force. Never fails for what an administrator wrote.

    `keeps`: a text that can't be drawn is named to administrators; not where one only looks.
    """
    own = stored.in_force(kind.key, locale())
    if own is not None:
        try:
            with db.session.begin_nested():
                return draw(kind, own.words, given)
        except Exception as error:  # no letter is lost for it
            log.exception("letter %s in %s can't be drawn", kind.key, locale())
            if keeps:
                with use_locale(DEFAULT_LOCALE):  # whoever reads the letter is not who is told
                    stored.mark_broken(own, str(error) or type(error).__name__)
    return built_in(kind, given)


def built_in(kind: Kind, given: Given) -> Drawn:
    """Our own text; a placeholder that fails is left empty rather than the letter unwritten."""
    words = kind.built_in_for(given)
    try:
        return draw(kind, words, given)
    except Exception:  # the letter leaves with a hole rather than not at all
        log.exception("our own letter %s has a hole", kind.key)
        value = _patient(_value_of(kind, given))
        whole = _draw(words, value)
        return whole if whole.subject else replace(whole, subject=_(kind.label))


def draw(kind: Kind, words: Words, given: Given) -> Drawn:
    """Strictly: Undrawable, or whatever a placeholder raises."""
    found = _draw(words, _value_of(kind, given))
    if not found.subject:
        raise Undrawable(N_("The subject is empty."))
    if not kind.body_may_be_empty and not (found.paragraphs or found.quote or found.below):
        raise Undrawable(N_("The text is empty."))
    return found


def _draw(words: Words, value: Value) -> Drawn:
    """A paragraph whose lines begin with > is set off. What is put in is not looked at again."""
    left = MAX_RESULT

    def filled(text: str) -> str:
        nonlocal left
        whole = MARK.sub(lambda mark: value(mark[1]), text)
        left -= len(whole)
        if left < 0:
            raise Undrawable(N_("The letter becomes too long."))
        return whole

    above: list[str] = []
    quotes: list[str] = []
    below: list[str] = []
    for part in paragraphs_of(words.body):
        if all(line.startswith(QUOTE) for line in part.split("\n")):
            quotes.append(filled(re.sub(r"(?m)^> ?", "", part)).strip())
        else:
            (below if quotes else above).extend(paragraphs_of(filled(part)))
    subject = _one_line(filled(words.subject))
    title = _one_line(filled(words.title)) or subject
    return Drawn(subject, title, above, "\n\n".join(filter(None, quotes)), below)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _value_of(kind: Kind, given: Given) -> Value:
    def value(name: str) -> str:
        if not kind.allows(name):
            raise Undrawable(N_("There is no variable {{ %(name)s }}."), name=name)
        if name in given.values or given.case is None:
            return given.values.get(name, "")
        reader = Reader.CLIENT if kind.to_client else Reader.COLLEAGUE
        scene = Scene(given.case, given.occurrence, reader)
        return PLACEHOLDERS[name].value(scene) if name in PLACEHOLDERS else ""

    return value


def _patient(value: Value) -> Value:
    def patient(name: str) -> str:
        try:
            with db.session.begin_nested():
                return value(name)
        except Exception:  # the log has said it
            return ""

    return patient
