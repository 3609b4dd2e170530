"""The trigger editor's form: what was written in it, and what the page shows of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from blueprints.forms import one_line
from core.i18n import N_, _
from desk.automation import draft, gallery, library
from desk.automation.actions import ACTIONS
from desk.automation.compared import compared
from desk.automation.definition import (
    GROUPS,
    RUNS,
    USUAL,
    Problem,
    all_event_kinds,
    event_kinds,
    problems_in,
)
from desk.automation.drawable import drawable
from desk.automation.fields import all_fields, field_named
from desk.automation.fields.text import LIMIT
from desk.automation.letter_trial import LetterTrial
from desk.automation.library import NewVersion
from desk.automation.marked import marked
from desk.automation.mass import Reach
from desk.automation.not_run import shown
from desk.automation.operator import Operator
from desk.automation.operators import operators_for
from desk.automation.pieces import Sentence
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.sentences import condition, sentence_of
from desk.automation.shapes.words import MODES
from desk.automation.subjects import DIALOG, TICKET, subjects_of
from desk.automation.trial import Trial
from desk.automation.verdicts import Verdict
from desk.errors import Invalid
from models import Rule, RuleState, RuleVersion

SECTIONS = {
    "ticket": N_("Ticket"),
    "message": N_("Message"),
    "client": N_("Client"),
    "time": N_("Time and counters"),
    "own": N_("Own fields"),
}

RUN_STATES = {
    "done": N_("done"),
    "failed": N_("failed"),
    "shadow": N_("only watched"),
    "skipped": N_("skipped"),
    "cut": N_("stopped"),
}


@dataclass(frozen=True)
class Overtaken:
    """What somebody saved meanwhile: (before, after) of theirs, and of mine, with marks."""

    version: RuleVersion
    theirs: tuple[Sentence, Sentence]
    mine: tuple[Sentence, Sentence]


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
    problems: list[Problem] = field(default_factory=list)
    broken: list[Problem] = field(default_factory=list)  # what is wrong with what is stored
    is_whole: bool = True  # nothing of what is stored had to be left out
    case_number: str = ""
    trial: Trial | None = None
    trial_problem: str = ""
    letter_subject: str = ""  # of a message that was written to try it on
    letter_text: str = ""
    letter: LetterTrial | None = None
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
        now = library.version_of(rule)
        numbers = [each.number for each in library.versions_of(rule)]
        base = self.base if self.base in numbers else min(numbers)
        first = sentence_of(library.version_of(rule, base).definition)
        theirs = compared(first, sentence_of(now.definition))
        self.overtaken = Overtaken(now, theirs, compared(first, self.sentence))
        self.base = rule.version_number

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
    """Everything that was written, sound or not. Invalid for what could not be written here."""
    form = request.form
    return Editor(
        rule,
        draft.read(_texts(form)),
        one_line(form.get("name_ru")),
        one_line(form.get("name_en")),
        form.get("note", "").strip(),
        state=_state(form.get("state") or RuleState.DRAFT),
        base=_base(form.get("base") or "0"),
        case_number=form.get("case", "").strip(),
        template=form.get("template", "")[:64],
        typed=form.get("typed", ""),
        letter_subject=form.get("letter_subject", "").strip()[:250],
        letter_text=form.get("letter_text", "").replace("\r\n", "\n").strip()[:LIMIT],
    )


def _state(given: str) -> str:
    if given not in list(RuleState):
        raise Invalid(_("There is no such state."))
    return given


def _base(given: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", given):
        raise Invalid(_("There is no such version."))
    return int(given)


def _texts(form: MultiDict[str, str]) -> Mapping[str, Sequence[str]]:
    return {name: form.getlist(name) for name in form}


def pickers(
    *,
    draw: str,
    target: str,
    problem: Callable[[str], str],
    editable: bool,
    subject: str = TICKET,
    is_hole: Callable[[str], bool] = lambda where: False,
) -> dict[str, Any]:
    """What the macros of templates/ui/rules.html draw rows from; `draw` answers the form anew."""
    return {
        "subject": subject,
        "is_hole": is_hole,
        "draw": draw,
        "target": target,
        "problem": problem,
        "off": not editable,
        "sections": SECTIONS,
        "fields": all_fields(),
        "field_named": field_named,
        "operators_of": _operators_of,
        "actions": ACTIONS,
        "groups": GROUPS,
        "options_with": draft.options_with,
        "placeholders": PLACEHOLDERS,
        "word_modes": MODES,
    }


def _operators_of(key: str) -> dict[str, Operator]:
    field_ = field_named(key)
    if field_ is None:
        return {}
    return {each.key: each for each in operators_for(field_.type, has_history=field_.has_history)}


def known() -> dict[str, Any]:
    """What the page of a trigger shows, whatever its state."""
    return {
        "event_kinds": all_event_kinds(),
        "ticket_events": event_kinds(),
        "dialog_events": event_kinds(DIALOG),
        "usual_events": USUAL,
        "runs": RUNS,
        "actions": ACTIONS,
        "run_states": RUN_STATES,
        "said": condition,
        "shown": shown,
        "marked": marked,
        "letter_limit": LIMIT,
        "template_named": gallery.template_named,
        "sentence_of": sentence_of,
    }
