"""All triggers as one file with names, and such a file back: what it would change, doing it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import _
from desk.automation import library, mass
from desk.automation.beside import Whole, besides
from desk.automation.checks import problems_of_texts
from desk.automation.compared import compared, differ
from desk.automation.definition import Problem, problems_in, references_gone
from desk.automation.drawable import drawable
from desk.automation.library import NewVersion
from desk.automation.lint.notes import kept_inside
from desk.automation.names import local, portable
from desk.automation.pieces import Sentence
from desk.automation.sentences import sentence_of
from desk.errors import Invalid
from desk.texts import one_line
from models import Participant, Rule, RuleState, RuleVersion

FORMAT = "liniya-triggers"
VERSION = 1
KEYS = {"name", "state", "on", "if", "then", "run", "stop", "overwrite"}  # of a trigger
LIMIT = 2_000_000  # characters
MOST = 1_000  # triggers


@dataclass(frozen=True)
class Change:
    """One trigger of a file beside the one that has its name here; `rule` None = it is new."""

    name_ru: str
    name_en: str
    state: str
    definition: dict[str, Any]
    rule: Rule | None
    before: Sentence
    after: Sentence
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_same: bool = False
    stored: Mapping[str, Any] | None = None
    hints: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.name_ru or self.name_en

    @property
    def is_sound(self) -> bool:
        return not self.problems

    @property
    def sides(self) -> tuple[Sentence, Sentence]:
        return compared(self.before, self.after)

    @property
    def rest(self) -> tuple[list[Sentence], list[Sentence]]:
        """What differs and stands in no sentence, here and in the file."""
        return besides(Whole(self.stored), Whole(self.definition)) if self.stored else ([], [])


def exported() -> str:
    """Every trigger in its order, with its state."""
    versions = library.versions_in_force()
    rows = [
        {
            "name": {"ru": rule.name_ru, "en": rule.name_en},
            "state": rule.state,
            **{"if": {"all": []}} | portable(_readable(versions[rule.id].definition)),
        }
        for rule in library.rules()
    ]
    whole = {"format": FORMAT, "version": VERSION, "triggers": rows}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _readable(definition: Mapping[str, Any]) -> Mapping[str, Any]:
    return drawable(definition) if problems_in(definition) else definition


def changes(text: str) -> list[Change]:
    """What a file would change, in its order. Invalid when it is none."""
    here = {(rule.name_ru, rule.name_en): rule for rule in reversed(library.rules())}
    versions = library.versions_in_force()
    return [_change(row, here, versions) for row in _rows(text)]


def apply(found: list[Change], *, by: Participant, with_states: bool = False) -> int:
    """Save what is sound and differs; new ones are drafts unless states are wanted too."""
    done = 0
    for change in found:
        if not change.is_sound:
            continue
        rule = change.rule
        if rule is None:
            rule = library.create(_new(change), by=by)
        elif not change.is_same:
            library.save(rule, _new(change), base=rule.version_number, by=by)
        moved = _set_state(rule, change, by) if with_states else False
        done += change.rule is None or not change.is_same or moved
    return done


def _set_state(rule: Rule, change: Change, by: Participant) -> bool:
    """What would touch a great many tickets stays as it is: a person has to know how many."""
    if change.state == RuleState.ON != rule.state and mass.reach(change.definition).is_mass:
        return False
    return library.set_state(rule, change.state, by=by)


def _new(change: Change) -> NewVersion:
    note = _("From a file")
    return NewVersion(change.definition, change.name_ru, change.name_en, note)


def _rows(text: str) -> list[Mapping[str, Any]]:
    if len(text) > LIMIT:
        raise Invalid(_("The file is too large."), "file")
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(_no_file(error), "file") from error
    rows = whole.get("triggers") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or whole.get("format") != FORMAT or len(rows) > MOST:
        raise Invalid(_("This is no file of triggers."), "file")
    if whole.get("version", VERSION) != VERSION:
        raise Invalid(_("The file is of a later version of the program."), "file")
    if not all(_has_shape(row) for row in rows):
        raise Invalid(_("A trigger in the file has no name or no parts."), "file")
    return rows


def _no_file(error: Exception) -> str:
    """With the place where it stops being JSON, if that is what is wrong."""
    if not isinstance(error, json.JSONDecodeError):
        return _("This is no file of triggers.")
    where = {"line": error.lineno, "column": error.colno}
    return _("This is no file of triggers: see line %(line)s, character %(column)s.", **where)


def _has_shape(row: Any) -> bool:
    """What reading the names rests on; the rest is judged as any definition is."""
    names = row.get("name") if isinstance(row, dict) else None
    if not isinstance(names, dict) or not any(isinstance(n, str) and n for n in names.values()):
        return False
    then = row.get("then")
    return isinstance(then, list) and all(isinstance(each, dict) for each in then)


def _change(
    row: Mapping[str, Any], here: Mapping[Any, Rule], versions: Mapping[int, RuleVersion]
) -> Change:
    name_ru, name_en = (one_line(str(row["name"].get(code) or "")) for code in ("ru", "en"))
    rule = here.get((name_ru, name_en))
    kept = versions[rule.id].definition if rule else None
    definition, missing, problems = _read(row)
    return Change(
        name_ru,
        name_en,
        state=_state(row),
        definition=definition,
        rule=rule,
        before=sentence_of(kept) if kept else (),
        after=sentence_of(definition) if definition else (),
        missing=missing,
        problems=problems,
        stored=kept,
        is_same=kept is not None and not problems and not _differs(kept, definition),
        hints=() if problems else tuple({each.message for each in kept_inside(definition)}),
    )


def _read(
    row: Mapping[str, Any],
) -> tuple[dict[str, Any], tuple[str, ...], tuple[Problem, ...]]:
    """The definition with ids, the names that nothing here has, and all that is wrong with it."""
    usual = {"run": "every", "stop": False, "overwrite": False}
    given = usual | {name: row.get(name) for name in KEYS - {"name", "state"} - usual.keys()}
    given |= {name: row[name] for name in usual if name in row}
    try:
        definition, missing = local(given)
        problems = _misread(row) or problems_in(definition) or references_gone(definition)
        problems = problems or problems_of_texts(definition["then"])
        sentence_of(definition)
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError):
        return {}, (), (Problem("if", _("Its parts can't be read.")),)
    return definition, tuple(missing), tuple(problems)


def _misread(row: Mapping[str, Any]) -> list[Problem]:
    """What would be taken for something else than whoever wrote the file meant."""
    found = [Problem("", _("“%(name)s” is not known here.", name=key)) for key in row.keys() - KEYS]
    if not isinstance(row.get("if"), dict) or not row["if"]:
        told = _("Its conditions are missing; to hold always it says “if”: {“all”: []}.")
        found.append(Problem("if", told))
    for name in ("stop", "overwrite"):
        if not isinstance(row.get(name, False), bool):
            told = _("“%(name)s” is either true or false.", name=name)
            found.append(Problem(name, told))
    if str(row.get("state", RuleState.DRAFT)) not in list(RuleState):
        found.append(Problem("state", _("There is no such state: “%(name)s”.", name=row["state"])))
    return found


def _state(row: Mapping[str, Any]) -> str:
    state = str(row.get("state"))
    return state if state in list(RuleState) else RuleState.DRAFT


def _differs(kept: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """What is told alike may still differ in a text; what is not written is the usual."""
    usual = {"if": {"all": []}, "run": "every", "stop": False, "overwrite": False}
    return differ(sentence_of(kept), sentence_of(given)) or {**usual, **kept} != {**usual, **given}
