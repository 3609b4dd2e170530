"""Verbs on triggers, for administrators; each is recorded and takes effect at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import LOCALES, _
from desk import events, history, revision, settings
from desk.automation.changes import named
from desk.automation.checks import problems_of_texts
from desk.automation.definition import Problem, problems_in, references_gone
from desk.automation.ruleset import active_versions, compiled_set, stored_row
from desk.errors import Invalid, NotFound, Stale
from desk.texts import is_seen
from models import Participant, Rule, RuleState, RuleVersion

MAX_NAME = 200
MAX_NOTE = 500
_NUMBERED = re.compile(r" \(\d{1,4}\)$")  # the end of a copy's name


class BadRule(Invalid):
    """A definition that can't be saved; `problems` says what is wrong in which row."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message, problems[0].where)
        self.problems = problems


class ChangedMeanwhile(Stale):
    """Somebody saved a version after the one that was being edited."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(_("Somebody has saved this trigger meanwhile."))
        self.rule = rule


@dataclass(frozen=True)
class NewVersion:
    """What a save brings: the definition, and the names, one of which is enough."""

    definition: Mapping[str, Any]
    name_ru: str = ""
    name_en: str = ""
    note: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        """The definition as it is stored: each event once."""
        return {**self.definition, "on": list(dict.fromkeys(self.definition["on"]))}


def rules() -> list[Rule]:
    """All that are not deleted, in their order."""
    query = select(Rule).where(Rule.deleted_at.is_(None)).order_by(Rule.position, Rule.id)
    return list(db.session.scalars(query))


def rule_for(rule_id: int, *, lock: bool = False, deleted: bool = False) -> Rule:
    """NotFound for one that is not there; for one that is deleted, too, unless `deleted`."""
    query = select(Rule).where(Rule.id == rule_id)
    rule = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if rule is None or (rule.deleted_at is not None and not deleted):
        raise NotFound(_("There is no such trigger."))
    return rule


def versions_in_force() -> dict[int, RuleVersion]:
    """By rule id, with one statement."""
    query = (
        select(RuleVersion)
        .join(Rule, Rule.id == RuleVersion.rule_id)
        .where(RuleVersion.number == Rule.version_number, Rule.deleted_at.is_(None))
    )
    return {row.rule_id: row for row in db.session.scalars(query)}


def versions_of(rule: Rule) -> list[RuleVersion]:
    """Newest first, with their authors."""
    query = (
        select(RuleVersion)
        .where(RuleVersion.rule_id == rule.id)
        .options(joinedload(RuleVersion.author))
        .order_by(RuleVersion.number.desc())
    )
    return list(db.session.scalars(query))


def version_of(rule: Rule, number: int | None = None) -> RuleVersion:
    """The version in force, or an earlier one. NotFound."""
    query = select(RuleVersion).where(
        RuleVersion.rule_id == rule.id, RuleVersion.number == (number or rule.version_number)
    )
    version = db.session.scalars(query).one_or_none()
    if version is None:
        raise NotFound(_("There is no such version."))
    return version


def create(
    new: NewVersion, *, by: Participant, state: str = RuleState.DRAFT, position: int | None = None
) -> Rule:
    """A new trigger at the end of the order. BadRule."""
    _check(new)
    if position is None:
        position = (db.session.scalar(select(func.max(Rule.position))) or 0) + 1
    rule = Rule(position=position, state=RuleState(state), created_at=clock.now(), versions=[])
    rule.name_ru, rule.name_en, rule.version_number = new.name_ru, new.name_en, 1
    db.session.add(rule)
    db.session.flush()
    _add_version(rule, 1, new, by)
    _changed(rule, "created", by)
    return rule


def save(rule: Rule, new: NewVersion, *, base: int, by: Participant) -> RuleVersion:
    """A version after `base`, the one that was edited. BadRule; ChangedMeanwhile."""
    if rule.version_number != base:
        raise ChangedMeanwhile(rule)
    _check(new)
    same_name = (rule.name_ru, rule.name_en) == (new.name_ru, new.name_en)
    if same_name and new.kept == version_of(rule).definition and not new.note:
        return version_of(rule)
    rule.name_ru, rule.name_en = new.name_ru, new.name_en
    rule.version_number += 1
    version = _add_version(rule, rule.version_number, new, by)
    _changed(rule, "saved", by)
    return version


def restore(rule: Rule, number: int, *, by: Participant) -> RuleVersion:
    """An earlier version as a new one."""
    earlier = version_of(rule, number)
    if number == rule.version_number:
        return earlier
    note = _("Version %(n)s restored", n=number)
    new = NewVersion(earlier.definition, rule.name_ru, rule.name_en, note)
    return save(rule, new, base=rule.version_number, by=by)


def set_state(rule: Rule, state: str, *, by: Participant) -> bool:
    """BadRule when a trigger that can't be understood is to be switched on."""
    wanted = RuleState(state)
    if rule.state == wanted and not rule.broken:
        return False
    if wanted in (RuleState.ON, RuleState.SHADOW):
        problems = problems_in(version_of(rule).definition)
        if problems:
            raise BadRule(problems)
    rule.state, rule.broken = wanted, ""  # a person has decided, whatever had switched it off
    _changed(rule, wanted.value, by)
    return True


def move(rule: Rule, places: int, *, by: Participant) -> bool:
    """Earlier (negative) or later in the order."""
    ordered = rules()
    at = ordered.index(rule)
    to = min(max(at + places, 0), len(ordered) - 1)
    if to == at:
        return False
    ordered.insert(to, ordered.pop(at))
    for position, each in enumerate(ordered, start=1):
        each.position = position
    _changed(rule, "moved", by)
    return True


def place_of(rule: Rule) -> int:
    """Its number in the order, from 1."""
    return [each.id for each in rules()].index(rule.id) + 1


def duplicate(rule: Rule, *, by: Participant) -> Rule:
    """A draft with the same definition, right behind it."""
    new = NewVersion(version_of(rule).definition, **_names_of_copy(rule))
    copy = create(new, by=by)
    behind = [each.id for each in rules()].index(rule.id) + 1
    move(copy, behind - len(rules()) + 1, by=by)
    return copy


def _names_of_copy(rule: Rule) -> dict[str, str]:
    """Its names with the first number that no trigger's name has yet."""
    parts = [f"name_{code}" for code in LOCALES]
    taken = {getattr(each, part) for each in rules() for part in parts}
    stems = {part: _NUMBERED.sub("", name) for part in parts if (name := getattr(rule, part))}
    for number in count(2):
        end = f" ({number})"
        copies = {part: stem[: MAX_NAME - len(end)] + end for part, stem in stems.items()}
        if taken.isdisjoint(copies.values()):
            break
    return copies


def delete(rule: Rule, *, by: Participant) -> None:
    """Its versions and runs stay; `undelete` brings it back, switched off."""
    rule.deleted_at, rule.state = clock.now(), RuleState.OFF
    _changed(rule, "deleted", by)


def undelete(rule_id: int, *, by: Participant) -> Rule:
    rule = db.session.get(Rule, rule_id)
    if rule is None:
        raise NotFound(_("There is no such trigger."))
    if rule.deleted_at is not None:
        rule.deleted_at = None
        _changed(rule, "brought back", by)
    return rule


def stop_all(stopped: bool, *, by: Participant) -> None:
    """The switch that stops every trigger, or lets them run again."""
    before = settings.get("rules_stopped")
    if before != stopped:
        settings.put("rules_stopped", stopped)
        data = {"what": "rules_stopped", "before": before, "after": stopped}
        history.record(events.SettingsChanged, by=by, data=data)


def problems_of_names(name_ru: str, name_en: str) -> list[Problem]:
    if not is_seen(name_ru + name_en):
        return [Problem("name", _("Give the trigger a name."))]
    if max(len(name_ru), len(name_en)) > MAX_NAME:
        return [
            Problem("name", _("The trigger's name is longer than %(n)s characters.", n=MAX_NAME))
        ]
    return []


def _check(new: NewVersion) -> None:
    problems = problems_of_names(new.name_ru, new.name_en)
    if len(new.note) > MAX_NOTE:
        told = _("The note is longer than %(n)s characters.", n=MAX_NOTE)
        problems.append(Problem("note", told))
    if problems:
        raise BadRule(problems)
    problems = problems_in(new.definition) or references_gone(new.definition)
    problems = problems or problems_of_texts(new.definition["then"])
    if problems:
        raise BadRule(problems)


def _add_version(rule: Rule, number: int, new: NewVersion, by: Participant) -> RuleVersion:
    version = RuleVersion(
        rule_id=rule.id,
        number=number,
        definition=new.kept,
        author_id=by.id,
        note=new.note,
        at=clock.now(),
    )
    db.session.add(version)
    return version


def _changed(rule: Rule, what: str, by: Participant) -> None:
    data = {"rule": rule.id, **named(rule), "what": what, "version": rule.version_number}
    data["state"] = str(rule.state)
    history.record(events.RuleChanged, by=by, data=data)
    db.session.flush()
    revision.bump("rules")
    stored_row(compiled_set(active_versions()))
