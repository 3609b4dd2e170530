"""The texts that administrators gave to letters: versions, the ones in force, which are broken."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _, use_locale
from desk import events, history, revision, settings
from desk.errors import Invalid, NotFound, Stale
from desk.letters.checks import checked
from desk.letters.kind import Kind, Words
from models import MailTemplate, Participant, Staff

REVISION = "letters"
OFF = "letters_off"  # the setting: keys of letters that are not written
SHOWN = 20  # versions


@dataclass(frozen=True)
class Own:
    """The text in force in one language; `words` None = ours again."""

    id: int
    version: int
    words: Words | None


@dataclass(frozen=True)
class InForce:
    """A text of an administrator."""

    id: int
    words: Words


def in_force(key: str, locale: str) -> InForce | None:
    """None where the product's own text stands."""
    found = _kept().get((key, locale))
    return InForce(found.id, found.words) if found and found.words else None


def version_of(key: str, locale: str) -> int:
    """0 when it was never changed."""
    found = _kept().get((key, locale))
    return found.version if found else 0


def words_of(kind: Kind, locale: str) -> Words:
    """What is in force, whoever wrote it."""
    own = in_force(kind.key, locale)
    if own is not None:
        return own.words
    with use_locale(locale):
        return kind.built_in()


def save(kind: Kind, locale: str, new: Words, *, base: int, by: Participant) -> bool:
    """`base` is the version that was edited. Invalid, Stale. False when nothing changed.

    A text that could not be drawn is tried again when it is saved as it is.
    """
    _expect(kind, locale, base)
    words, before = checked(kind, new), words_of(kind, locale)
    if words == before and not any(_is(row, kind, locale) for row in broken()):
        return False
    with use_locale(locale):
        is_built_in = words == kind.built_in()
    _put(kind, locale, words, before, by=by, is_built_in=is_built_in)
    return True


def give_back(kind: Kind, locale: str, *, base: int, by: Participant) -> bool:
    """The product's own text again. Stale. False when it was in force anyway."""
    _expect(kind, locale, base)
    own = in_force(kind.key, locale)
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


def is_off(key: str) -> bool:
    return key in settings.get(OFF)


def switch(kind: Kind, *, on: bool, by: Staff) -> None:
    """Whether the letter is written at all. Invalid for one that must be."""
    if not on and not kind.if_off:
        raise Invalid(_("This letter can't be switched off."))
    settings.hold()
    others = [key for key in settings.get(OFF) if key != kind.key]
    settings.change({OFF: others if on else sorted([*others, kind.key])}, by=by)


def mark_broken(own: InForce, why: str) -> None:
    """Administrators find it named on their pages until they save another."""
    change = (
        update(MailTemplate)
        .where(MailTemplate.id == own.id, MailTemplate.broken == "")
        .values(broken=why[:250], broken_at=clock.now())
    )
    db.session.execute(change, execution_options={"synchronize_session": False})


def broken() -> list[MailTemplate]:
    """Texts in force that could not be drawn since they were saved."""
    ids = [own.id for own in _kept().values() if own.words]
    query = select(MailTemplate).where(MailTemplate.id.in_(ids), MailTemplate.broken != "")
    return list(db.session.scalars(query)) if ids else []


def _is(row: MailTemplate, kind: Kind, locale: str) -> bool:
    return (row.key, row.locale) == (kind.key, locale)


def _expect(kind: Kind, locale: str, base: int) -> None:
    revision.hold(REVISION)  # two who save at once: the second finds the first's version
    if version_of(kind.key, locale) != base:
        raise Stale(_("Somebody saved this letter meanwhile."))


def _put(
    kind: Kind, locale: str, new: Words, before: Words, *, by: Participant, is_built_in: bool
) -> None:
    row = MailTemplate(
        key=kind.key,
        locale=locale,
        version=version_of(kind.key, locale) + 1,
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
    revision.bump(REVISION)


def _kept() -> Mapping[tuple[str, str], Own]:
    return revision.kept(REVISION, _load)


def _load() -> dict[tuple[str, str], Own]:
    newest = (
        select(MailTemplate.key, MailTemplate.locale, func.max(MailTemplate.version).label("last"))
        .group_by(MailTemplate.key, MailTemplate.locale)
        .subquery()
    )
    same = and_(
        MailTemplate.key == newest.c.key,
        MailTemplate.locale == newest.c.locale,
        MailTemplate.version == newest.c.last,
    )
    rows = db.session.scalars(select(MailTemplate).join(newest, same))
    return {
        (row.key, row.locale): Own(
            row.id,
            row.version,
            None if row.is_built_in else Words(row.subject, row.body, row.title),
        )
        for row in rows
    }
