"""The trigger editor's form: what was written in it, and what the page shows of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from core.i18n import N_
from desk.automation import draft, library
from desk.automation.actions import ACTIONS
from desk.automation.definition import GROUPS, RUNS, USUAL, Problem, event_kinds, problems_in
from desk.automation.fields import all_fields, field_named
from desk.automation.library import NewVersion
from desk.automation.lint import warnings
from desk.automation.not_run import shown
from desk.automation.operator import Operator
from desk.automation.operators import operators_for
from desk.automation.pieces import Sentence
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.sentences import condition, sentence_of
from desk.automation.shapes.words import MODES
from desk.automation.trial import Trial
from models import Rule, RuleState

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
    case_number: str = ""
    trial: Trial | None = None
    trial_problem: str = ""
    theirs: Sentence = ()  # what somebody else saved meanwhile

    @property
    def sentence(self) -> Sentence:
        return sentence_of(self.definition)

    @property
    def warnings(self) -> list[Problem]:
        """Doubts, once the definition is sound."""
        return [] if problems_in(self.definition) else warnings(self.definition)

    def problem(self, where: str) -> str:
        """What is wrong in the row with this path."""
        return next((one.message for one in self.problems if one.where == where), "")

    @property
    def new_version(self) -> NewVersion:
        return NewVersion(self.definition, self.name_ru, self.name_en, self.note)


def blank() -> Editor:
    return Editor(None, draft.empty())


def of_rule(rule: Rule) -> Editor:
    version = library.version_of(rule)
    return Editor(
        rule,
        version.definition,
        rule.name_ru,
        rule.name_en,
        state=rule.state,
        base=rule.version_number,
    )


def from_form(rule: Rule | None) -> Editor:
    """Everything that was written, sound or not."""
    form = request.form
    state = form.get("state", "")
    return Editor(
        rule,
        draft.read(_texts(form)),
        form.get("name_ru", "").strip(),
        form.get("name_en", "").strip(),
        form.get("note", "").strip(),
        state=state if state in list(RuleState) else RuleState.DRAFT,
        base=form.get("base", 0, type=int),
        case_number=form.get("case", "").strip(),
    )


def _texts(form: MultiDict[str, str]) -> Mapping[str, Sequence[str]]:
    return {name: form.getlist(name) for name in form}


def pickers(
    *, draw: str, target: str, problem: Callable[[str], str], editable: bool
) -> dict[str, Any]:
    """What the macros of templates/ui/rules.html draw rows from; `draw` answers the form anew."""
    return {
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
        "event_kinds": event_kinds(),
        "usual_events": USUAL,
        "runs": RUNS,
        "actions": ACTIONS,
        "run_states": RUN_STATES,
        "said": condition,
        "shown": shown,
        "sentence_of": sentence_of,
    }
