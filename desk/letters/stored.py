"""The texts that administrators gave to letters: which are in force, which could not be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, func, select, update

from core import clock
from core.db import db
from core.i18n import use_locale
from desk import revision, settings
from desk.letters.kind import Kind, Words
from models import MailTemplate

REVISION = "letters"
OFF = "letters_off"  # the setting: keys of letters that are not written


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


def is_off(key: str) -> bool:
    return key in settings.get(OFF)


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
