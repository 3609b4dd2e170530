"""Changing letters: a new version, the built-in text again, off and on."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _, use_locale
from desk import events, history, revision, settings
from desk.errors import Invalid, NotFound, Stale
from desk.letters import stored
from desk.letters.checks import checked
from desk.letters.kind import Kind, Words
from models import MailTemplate, Participant, Staff

SHOWN = 20  # versions


def save(kind: Kind, locale: str, new: Words, *, base: int, by: Participant) -> bool:
    """`base` is the version that was edited. Invalid, Stale. False when nothing changed.

    A text that could not be drawn is tried again when it is saved as it is.
    """
    _expect(kind, locale, base)
    words, before = checked(kind, new), stored.words_of(kind, locale)
    if words == before and not any(_is(row, kind, locale) for row in stored.broken()):
        return False
    with use_locale(locale):
        is_built_in = words == kind.built_in()
    _put(kind, locale, words, before, by=by, is_built_in=is_built_in)
    return True


def give_back(kind: Kind, locale: str, *, base: int, by: Participant) -> bool:
    """The product's own text again. Stale. False when it was in force anyway."""
    _expect(kind, locale, base)
    own = stored.in_force(kind.key, locale)
    if own is None:
        return False
    with use_locale(locale):
        words = kind.built_in()
    _put(kind, locale, words, own.words, by=by, is_built_in=True)
    return True


def versions(kind: Kind) -> list[MailTemplate]:
    """The newest SHOWN of both languages, with their authors."""
    query = (
        select(MailTemplate)
        .options(joinedload(MailTemplate.author))
        .where(MailTemplate.key == kind.key)
        .order_by(MailTemplate.id.desc())
        .limit(SHOWN)
    )
    return list(db.session.scalars(query))


def version(kind: Kind, number: int) -> MailTemplate:
    """NotFound for one of another letter."""
    found = db.session.get(MailTemplate, number) if number < 2**31 else None
    if found is None or found.key != kind.key:
        raise NotFound(_("There is no such version."))
    return found


def switch(kind: Kind, *, on: bool, by: Staff) -> None:
    """Whether the letter is written at all. Invalid for one that must be."""
    if not on and not kind.if_off:
        raise Invalid(_("This letter can't be switched off."))
    settings.hold()
    others = [key for key in settings.get(stored.OFF) if key != kind.key]
    settings.change({stored.OFF: others if on else sorted([*others, kind.key])}, by=by)


def _is(row: MailTemplate, kind: Kind, locale: str) -> bool:
    return (row.key, row.locale) == (kind.key, locale)


def _expect(kind: Kind, locale: str, base: int) -> None:
    revision.hold(stored.REVISION)  # two who save at once: the second finds the first's version
    if stored.version_of(kind.key, locale) != base:
        raise Stale(_("Somebody saved this letter meanwhile."))


def _put(
    kind: Kind, locale: str, new: Words, before: Words, *, by: Participant, is_built_in: bool
) -> None:
    row = MailTemplate(
        key=kind.key,
        locale=locale,
        version=stored.version_of(kind.key, locale) + 1,
        subject=new.subject,
        title=new.title,
        body=new.body,
        is_built_in=is_built_in,
        author_id=by.id,
        at=clock.now(),
        broken="",
    )
    db.session.add(row)
    data = {
        "what": "letter",
        "key": kind.key,
        "locale": locale,
        "before": vars(before),
        "after": vars(new) | {"is_built_in": is_built_in},
    }
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.flush()
    revision.bump(stored.REVISION)
