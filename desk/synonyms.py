"""Groups of synonyms that administrators keep; word conditions and searches look through them."""

from collections.abc import Sequence

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import _
from core.roots import root
from core.synonyms import NO_SYNONYMS, Synonyms
from core.text import words
from desk import events, history, revision
from desk.errors import Invalid, NotFound, Stale
from models import Participant, SynonymGroup

MAX_WORDS = 40  # in a group
MAX_LENGTH = 60
MAX_GROUPS = 500
REVISION = "synonyms"


def in_force() -> Synonyms:
    """Those of the revision in force; none outside a unit of work, where nothing can be read."""
    try:
        return revision.kept(REVISION, _load)
    except RuntimeError:
        return NO_SYNONYMS


def _load() -> Synonyms:
    return Synonyms(group.words for group in groups())


def groups() -> list[SynonymGroup]:
    """All that are not deleted, by their first words."""
    query = select(SynonymGroup).where(SynonymGroup.deleted_at.is_(None))
    return sorted(db.session.scalars(query), key=lambda group: [w.casefold() for w in group.words])


def group_for(number: int, *, lock: bool = False) -> SynonymGroup:
    """NotFound for one that is not there or deleted."""
    query = select(SynonymGroup).where(SynonymGroup.id == number, SynonymGroup.deleted_at.is_(None))
    query = query.with_for_update() if lock else query
    found = db.session.scalars(query).one_or_none() if number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such group of synonyms."))
    return found


def create(said: Sequence[str], *, by: Participant) -> SynonymGroup:
    """Invalid (field `words`) when they make no group."""
    revision.hold(REVISION)  # two people must not give one word to two groups
    checked = _checked(said, None)
    if len(groups()) >= MAX_GROUPS:
        raise Invalid(_("At most %(n)s groups.", n=MAX_GROUPS), "words")
    group = SynonymGroup(words=checked, version=1, changed_at=clock.now(), deleted_at=None)
    db.session.add(group)
    _changed([], checked, by)
    return group


def change(group: SynonymGroup, said: Sequence[str], *, base: int, by: Participant) -> bool:
    """`base` is the version that was edited. Invalid, Stale. False when nothing changed."""
    revision.hold(REVISION)
    if group.version != base:
        raise Stale(_("Somebody has changed this group meanwhile."))
    checked = _checked(said, group)
    before = list(group.words)
    if before == checked:
        return False
    group.words, group.version, group.changed_at = checked, group.version + 1, clock.now()
    _changed(before, checked, by)
    return True


def delete(group: SynonymGroup, *, by: Participant) -> None:
    """`undelete` brings it back."""
    group.deleted_at = clock.now()
    _changed(list(group.words), [], by)


def undelete(number: int, *, by: Participant) -> SynonymGroup:
    """NotFound; Invalid when another group has got one of its words meanwhile."""
    revision.hold(REVISION)
    group = db.session.get(SynonymGroup, number) if number < 2**31 else None
    if group is None:
        raise NotFound(_("There is no such group of synonyms."))
    if group.deleted_at is not None:
        _checked(group.words, group)
        group.deleted_at = None
        _changed([], list(group.words), by)
    return group


def _checked(said: Sequence[str], group: SynonymGroup | None) -> list[str]:
    """Without doubles. Two forms of one word are one: they find each other anyway."""
    found: dict[tuple[str, ...], str] = {}
    for phrase in (" ".join(each.split()) for each in said):
        if len(phrase) > MAX_LENGTH:
            raise Invalid(_("At most %(n)s characters in a word.", n=MAX_LENGTH), "words")
        roots = _roots(phrase)
        if phrase and not roots:
            raise Invalid(_("“%(text)s” has no letters or digits.", text=phrase), "words")
        if phrase:
            found.setdefault(roots, phrase)
    if len(found) < 2:
        raise Invalid(_("Write at least two different words."), "words")
    if len(found) > MAX_WORDS:
        raise Invalid(_("At most %(n)s words in a group.", n=MAX_WORDS), "words")
    _expect_free(found, group)
    return list(found.values())


def _expect_free(found: dict[tuple[str, ...], str], group: SynonymGroup | None) -> None:
    for other in groups():
        taken = {_roots(each) for each in other.words} & set(found)
        if other is not group and taken:
            word, other_words = found[taken.pop()], ", ".join(other.words)
            raise Invalid(
                _("“%(word)s” is in the group “%(group)s” already.", word=word, group=other_words),
                "words",
            )


def _roots(phrase: str) -> tuple[str, ...]:
    return tuple(map(root, words(phrase)))


def _changed(before: list[str], after: list[str], by: Participant) -> None:
    data = {"what": "synonyms", "before": before, "after": after}
    history.record(events.SettingsChanged, by=by, data=data)
    db.session.flush()
    revision.bump(REVISION)
    revision.bump("rules")  # conditions have them built in
