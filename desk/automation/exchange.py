"""All triggers as one file with names, and such a file back: what it would change, doing it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import _
from desk.automation import library, mass
from desk.automation.beside import Whole, besides
from desk.automation.compared import compared, differ
from desk.automation.definition import Problem, problems_in
from desk.automation.drawable import drawable
from desk.automation.file_row import Row, has_shape, names_of, read, state_of, told
from desk.automation.library import NewVersion
from desk.automation.lint.notes import kept_inside
from desk.automation.names import portable
from desk.automation.pieces import Sentence
from desk.automation.sentences import sentence_of
from desk.errors import Invalid
from models import Participant, Rule, RuleState, RuleVersion

FORMAT = "liniya-triggers"
VERSION = 1
LIMIT = 2_000_000  # characters
MOST = 1_000  # triggers
Names = tuple[str, str]
Placed = tuple[int, Rule]  # with its number in the list


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
    def refusals(self) -> list[str]:
        """What is wrong with it, each with its place."""
        if self.missing:
            return [_("Nothing here is called so: %(names)s", names=", ".join(self.missing))]
        return [told(problem) for problem in self.problems]

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
    """What a file would change, in its order. Invalid when it is none.

    Of several with the same names the first of the file stands for the first here, and so on.
    """
    rows, versions = _rows(text), library.versions_in_force()
    here: dict[Names, list[Placed]] = defaultdict(list)
    for place, rule in enumerate(library.rules(), start=1):
        here[rule.name_ru, rule.name_en].append((place, rule))
    turns: Counter[Names] = Counter()
    found = []
    for row in rows:
        names = names_of(row)
        found.append(_change(row, here[names], turns[names], versions))
        turns[names] += 1
    return found


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


def _rows(text: str) -> list[Row]:
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
    if not all(has_shape(row) for row in rows):
        raise Invalid(_("A trigger in the file has no name or no parts."), "file")
    return rows


def _no_file(error: Exception) -> str:
    """With the place where it stops being JSON, if that is what is wrong."""
    if not isinstance(error, json.JSONDecodeError):
        return _("This is no file of triggers.")
    where = {"line": error.lineno, "column": error.colno}
    return _("This is no file of triggers: see line %(line)s, character %(column)s.", **where)


def _change(
    row: Row, alike: list[Placed], turn: int, versions: Mapping[int, RuleVersion]
) -> Change:
    """`alike` = those here with its names, `turn` = how many of the file came before it."""
    name_ru, name_en = names_of(row)
    rule = alike[turn][1] if turn < len(alike) else None
    kept = versions[rule.id].definition if rule else None
    definition, missing, problems = read(row)
    hints = [] if problems else [each.message for each in kept_inside(definition)]
    return Change(
        name_ru,
        name_en,
        state=state_of(row),
        definition=definition,
        rule=rule,
        before=sentence_of(kept) if kept else (),
        after=sentence_of(definition) if definition else (),
        missing=missing,
        problems=problems,
        stored=kept,
        is_same=kept is not None and not problems and not _differs(kept, definition),
        hints=tuple(dict.fromkeys([*hints, *_told_apart(alike, turn)])),
    )


def _told_apart(alike: list[Placed], turn: int) -> Iterator[str]:
    """Which of several with the same names it stands for."""
    if turn < len(alike) > 1:
        values = {"num": len(alike), "place": alike[turn][0]}
        yield _("%(num)s triggers here are called so: it stands for No. %(place)s.", **values)
    elif turn >= len(alike) and turn:
        yield _("One with this name stands before it in the file: it is made beside that one.")


def _differs(kept: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """What is told alike may still differ in a text; what is not written is the usual."""
    usual = {"if": {"all": []}, "run": "every", "stop": False, "overwrite": False}
    return differ(sentence_of(kept), sentence_of(given)) or {**usual, **kept} != {**usual, **given}
