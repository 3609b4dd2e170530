"""Verbs on skills: their names and order; one that is removed is taken from people and types."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from core.db import db
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history
from desk.errors import Invalid, NotFound, Stale
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from desk.texts import is_seen
from models import Participant, Skill, Staff, StaffSkill, TicketType, TypeNeed

MAX_NAME = 120
NAMES = ("name_ru", "name_en")


@dataclass(frozen=True)
class Users:
    """Who has a skill and what asks for it: {person or type: level}, in the order of names."""

    people: Mapping[Staff, int]
    types: Mapping[TicketType, int]

    @property
    def mark(self) -> str:
        """Equal as long as they are the same."""
        whole = json.dumps([[(row.id, n) for row, n in each.items()] for each in self._all])
        return hashlib.sha256(whole.encode()).hexdigest()[:16]

    @property
    def _all(self) -> list[Mapping[Any, int]]:
        return [self.people, self.types]


def skills() -> list[Skill]:
    """Those in use, in order."""
    return [skill for skill in staffing.staffing().skills.values() if skill.is_active]


def skill_for(number: int, *, lock: bool = False) -> Skill:
    """NotFound, also for a removed one."""
    found = db.session.get(Skill, number, with_for_update=lock)
    if found is None or not found.is_active:
        raise NotFound(_("There is no such skill."))
    return found


def users_of(skill: Skill) -> Users:
    """As it is now."""
    known, staffed = catalog.catalog(), staffing.staffing()
    people = {
        person: staffed.levels[person.id][skill.id]
        for person in known.staff.values()
        if skill.id in staffed.levels.get(person.id, {})
    }
    types = {
        row: staffed.needs[row.id][skill.id]
        for row in known.types.values()
        if skill.id in staffed.needs.get(row.id, {})
    }
    return Users(people, types)


def create(names: Mapping[str, str], *, by: Participant) -> Skill:
    """At the end of the order; `names` = {name_ru, name_en}. Invalid, with the field."""
    _check(names, None)
    last = db.session.scalar(select(func.max(Skill.position))) or 0
    skill = Skill(key=f"skill_{new_token()[:8]}", position=last + 1, **names)
    db.session.add(skill)
    db.session.flush()
    _changed(skill, "skill_created", {}, dict(names), by)
    return skill


def rename(skill: Skill, names: Mapping[str, str], *, by: Participant) -> bool:
    """Invalid. False: nothing differs."""
    _check(names, skill)
    before = {name: getattr(skill, name) for name in NAMES}
    if before == names:
        return False
    skill.name_ru, skill.name_en = names["name_ru"], names["name_en"]
    _changed(skill, "skill", before, dict(names), by)
    return True


def move(skill: Skill, places: int, *, by: Participant) -> bool:
    """Earlier (negative) or later in the order."""
    ordered = [each.id for each in skills()]
    at = ordered.index(skill.id)
    to = min(max(at + places, 0), len(ordered) - 1)
    if to == at:
        return False
    ordered.insert(to, ordered.pop(at))
    rows = {row.id: row for row in db.session.scalars(select(Skill))}
    for position, number in enumerate(ordered, 1):
        rows[number].position = position
    _changed(skill, "skill_order", {"place": at + 1}, {"place": to + 1}, by)
    return True


def remove(skill: Skill, *, seen: str, by: Participant) -> None:
    """Take it from who has it and from what asks for it; what it was is recorded. `seen` = the
    `mark` of its users that was shown. Stale."""
    users = users_of(skill)
    if users.mark != seen:
        raise Stale(_("Who has this skill or asks for it has changed meanwhile."))
    before = {
        **{name: getattr(skill, name) for name in NAMES},
        "people": {row.name: level for row, level in users.people.items()},
        "types": {row.name_ru: level for row, level in users.types.items()},
    }
    skill.is_active = False
    db.session.execute(delete(StaffSkill).where(StaffSkill.skill_id == skill.id))
    db.session.execute(delete(TypeNeed).where(TypeNeed.skill_id == skill.id))
    _changed(skill, "skill_removed", before, {}, by)


def _check(names: Mapping[str, str], skill: Skill | None) -> None:
    if not is_seen(names["name_ru"]):
        raise Invalid(_("Give it a name."), "name_ru")
    others = [each for each in skills() if skill is None or each.id != skill.id]
    for field in NAMES:
        name = names[field]
        if len(name) > MAX_NAME:
            raise Invalid(_("At most %(n)s characters.", n=MAX_NAME), field)
        if name and name.casefold() in {getattr(each, field).casefold() for each in others}:
            raise Invalid(_("Another skill has this name."), field)


def _changed(
    skill: Skill, what: str, before: dict[str, Any], after: dict[str, Any], by: Participant
) -> None:
    """What nobody could take may be possible now."""
    data = {"what": what, "id": skill.id, "name": skill.name_ru, "before": before, "after": after}
    history.record(events.SettingsChanged, by=by, data=data)
    staffing.changed()
    catalog.changed()
    hand_out_later()
