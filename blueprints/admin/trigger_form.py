"""The trigger editor's form: what was written in it, and what the page shows of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from blueprints.forms import one_line
from core.i18n import _
from desk.automation import changes, draft, gallery, library
from desk.automation.beside import Whole, besides
from desk.automation.compared import compared
from desk.automation.definition import Problem, problems_in
from desk.automation.drawable import drawable
from desk.automation.library import NewVersion
from desk.automation.mass import Reach
from desk.automation.pieces import Sentence
from desk.automation.sentences import sentence_of
from desk.automation.subjects import DIALOG, TICKET, subjects_of
from desk.automation.trial import Trial
from desk.automation.verdicts import Verdict
from desk.errors import Invalid
from models import Rule, RuleState, RuleVersion

Lines = list[Sentence]


@dataclass(frozen=True)
class Overtaken:
    """What somebody saved meanwhile: (before, after) of theirs, and of mine, with marks.

    The `rest` is what differs besides the sentences, of the later ones.
    """

    version: RuleVersion
    theirs: tuple[Sentence, Sentence]
    mine: tuple[Sentence, Sentence]
    their_rest: Lines
    my_rest: Lines


@dataclass
class Editor:
    """One trigger on the desk of an administrator; `rule` None = it is new."""

    rule: Rule | None
    definition: dict[str, Any]
    name_ru: str = ""
    name_en: str = ""
    note: str = ""
    state: str = RuleState.DRAFT
    base: int = 0  # number of the version that is being edited
    is_state_kept: bool = False  # another one was set meanwhile, and not by this form
    problems: list[Problem] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)  # what is wrong with what is stored
    is_whole: bool = True  # nothing of what is stored had to be left out
    case_number: str = ""
    trial: Trial | None = None
    trial_problem: str = ""
    letter_subject: str = ""  # of a message that was written to try it on
    letter_text: str = ""
    letter: Trial | None = None
    overtaken: "Overtaken | None" = None
    template: str = ""  # of the gallery, that it was made of
    proof: Verdict | None = None  # of the template's sample
    typed: str = ""  # how many tickets it touches, typed by hand
    reach: Reach | None = None  # that many: the number is asked for
    at: str = ""  # the row that the person is at after a button

    @property
    def sentence(self) -> Sentence:
        return sentence_of(self.definition)

    @property
    def subject(self) -> str:
        """What it is about by its events: tickets, unless they are all of dialogs."""
        return DIALOG if subjects_of(self.definition["on"]) == {DIALOG} else TICKET

    @property
    def holes(self) -> list[Problem]:
        """What a template left to fill in."""
        return problems_in(self.definition) if self.template else []

    def overtake(self, rule: Rule) -> None:
        """From now on it is a change of the version that was saved meanwhile."""
        version = library.version_of(rule)
        numbers = [each.number for each in library.versions_of(rule)]
        number = self.base if self.base in numbers else min(numbers)
        names, state = changes.of_versions(rule).get(number, ({}, ""))
        base = Whole(library.version_of(rule, number).definition, names, state)
        now = Whole(version.definition, changes.names_of(rule), rule.state)
        first = sentence_of(base.definition)
        self.overtaken = Overtaken(
            version,
            compared(first, sentence_of(now.definition)),
            compared(first, self.sentence),
            besides(base, now)[1],
            besides(base, self.whole)[1],
        )
        self.base = rule.version_number

    @property
    def whole(self) -> Whole:
        return Whole(self.definition, {"ru": self.name_ru, "en": self.name_en}, self.state)

    def problem(self, where: str) -> str:
        """What is wrong in the row with this path."""
        found = (*self.problems, *self.broken)
        return next((one.message for one in found if one.where == where), "")

    def is_hole(self, where: str) -> bool:
        return any(one.where == where for one in self.holes)

    @property
    def new_version(self) -> NewVersion:
        return NewVersion(self.definition, self.name_ru, self.name_en, self.note)


def blank(template: str = "") -> Editor:
    """A new one, empty or made of a template."""
    found = gallery.template_named(template)
    if found is None:
        return Editor(None, draft.empty())
    names = found.names
    return Editor(None, found.definition(), names["ru"], names["en"], template=found.key)


def of_rule(rule: Rule) -> Editor:
    """One that is broken is drawn as far as it can be, and is not saved on by mistake."""
    stored = library.version_of(rule).definition
    broken = problems_in(stored)
    drawn = drawable(stored) if broken else stored
    kept = stored if isinstance(stored, dict) else {}
    is_whole = all(drawn[part] == kept.get(part) for part in ("on", "if", "then"))
    return Editor(
        rule,
        drawn,
        rule.name_ru,
        rule.name_en,
        state=rule.state if is_whole else RuleState.DRAFT,
        base=rule.version_number,
        broken=broken,
        is_whole=is_whole,
    )


def from_form(rule: Rule | None) -> Editor:
    """As `as_written`. Invalid for what could not be written here."""
    editor = as_written(rule)
    for problem in editor.problems:
        raise Invalid(problem.message, problem.where)
    return editor


def as_written(rule: Rule | None) -> Editor:
    """Everything that was written, sound or not; what no editor sends is left out and told of."""
    form = request.form
    wrong: list[Problem] = []
    state = _state(form.get("state", ""), rule, wrong)
    is_kept = rule is not None and form.get("seen_state") == state != rule.state
    return Editor(
        rule,
        draft.read(_texts(form), wrong),
        one_line(form.get("name_ru")),
        one_line(form.get("name_en")),
        form.get("note", "").strip(),
        state=rule.state if rule and is_kept else state,
        is_state_kept=is_kept,
        base=_base(form.get("base") or "0", wrong),
        problems=wrong,
        case_number=form.get("case", "").strip(),
        template=form.get("template", "")[:64],
        typed=form.get("typed", ""),
        letter_subject=form.get("letter_subject", "").strip(),
        letter_text=form.get("letter_text", "").replace("\r\n", "\n").strip(),
    )


def _state(given: str, rule: Rule | None, wrong: list[Problem]) -> str:
    if given in list(RuleState):
        return given
    if given:
        wrong.append(Problem("state", _("There is no such state.")))
    return rule.state if given and rule else RuleState.DRAFT


def _base(given: str, wrong: list[Problem]) -> int:
    """What is no version is overtaken by the one in force, whichever it is."""
    if re.fullmatch("[0-9]{1,9}", given):
        return int(given)
    wrong.append(Problem("trigger", _("There is no such version.")))
    return 0


def _texts(form: MultiDict[str, str]) -> Mapping[str, Sequence[str]]:
    return {name: form.getlist(name) for name in form}
